// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { join } from 'node:path';
import { type Clock, WallClock } from './clock';
import { ControlServer } from './control/ControlServer';
import { Stories } from './control/Stories';
import { startDevOps } from './devops/startDevOps';
import { Faults } from './faults';
import { startFlux } from './flux/startFlux';
import { startCluster } from './kubernetes/startCluster';
import { MemoryImageRegistry } from './registry';
import { startRegistry } from './registry/startRegistry';
import { StateStore } from './state';
import { CLUSTERS, imagesFor } from './world/DemoWorld';
import { ensureWorld } from './world/ensureWorld';
import { demoStories } from './world/demoStories';

/** Ports of the sandbox: the base is the control API, the rest follow. 0 gives free ones. */
export interface SandboxOptions {
  dir: string;
  basePort: number;
  speed?: number;
  /** How many services a new world gets; by default those of the demo. */
  scale?: number;
  clock?: Clock;
}

/** The running sandbox. */
export interface Sandbox {
  controlUrl: string;
  devopsUrl: string;
  clusterUrls: Record<string, string>;
  faults: Faults;
  stop(): Promise<void>;
}

/** Cluster names in the order of their ports. */
const CLUSTER_NAMES = Object.values(CLUSTERS).flat();

/** Starts everything that Fairway talks to, on loopback, with the world that lies in `dir`. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const clock = options.clock ?? new WallClock(options.speed);
  const port = (offset: number) =>
    options.basePort === 0 ? 0 : options.basePort + offset;
  const state = StateStore.open(options.dir);
  const faults = new Faults();
  const registry = MemoryImageRegistry.create(state);
  const devops = await startDevOps({
    dir: join(options.dir, 'git'),
    port: port(10),
    clock,
    state,
    faults,
    registry,
  });
  const registryServer = await startRegistry({
    port: port(11),
    registry,
    faults,
  });
  const world = await ensureWorld({
    scale: options.scale,
    devops,
    registry,
    state,
  });

  const clusters = await Promise.all(
    CLUSTER_NAMES.map(async (name, index) => {
      const cluster = await startCluster({
        name,
        port: port(index + 1),
        clock,
        state,
        faults,
        registry: imagesFor(name, registry),
      });
      const flux = startFlux({
        store: cluster.store,
        git: devops.git,
        clock,
        gitFault: () =>
          ['down', 'hang', '401', '403', '500', '503'].includes(
            faults.get('git')?.kind ?? '',
          )
            ? new Error('unable to clone: the server does not answer')
            : undefined,
      });
      return { name, cluster, flux };
    }),
  );
  // A push is told to Flux as a webhook Receiver would tell it.
  devops.git.onPush(event => {
    const url = `${devops.url}/${event.project}/_git/${event.repository}`;
    for (const { flux } of clusters) {
      flux.notify(url);
    }
  });

  const control = await ControlServer.start({
    port: port(0),
    clock,
    faults,
    services: world.services.length,
    systems: [
      ...CLUSTER_NAMES.map(name => ({
        name: `cluster/${name}`,
        title: `Kubernetes API of ${name}`,
      })),
      { name: 'devops', title: 'Azure DevOps REST' },
      { name: 'git', title: 'Azure Repos over git' },
      { name: 'registry', title: 'Container registry' },
    ],
    stories: new Stories(
      demoStories({
        clock,
        git: devops.git,
        registry,
        pipelineUrl: service => {
          const { id } = devops.ensureDefinition(service);
          return `${devops.url}/${service.project}/_build/definition?definitionId=${id}`;
        },
        stores: new Map(
          clusters.map(({ name, cluster }) => [name, cluster.store]),
        ),
      }),
    ),
    pullRequests: devops.pullRequests,
    counters: () =>
      Object.fromEntries(
        clusters.map(({ name, cluster }) => [name, cluster.counters()]),
      ),
  });

  return {
    controlUrl: control.url,
    devopsUrl: devops.url,
    clusterUrls: Object.fromEntries(
      clusters.map(({ name, cluster }) => [name, cluster.url]),
    ),
    faults,
    async stop() {
      await control.stop();
      for (const { cluster, flux } of clusters) {
        flux.stop();
        await cluster.stop();
      }
      await registryServer.stop();
      await devops.stop();
      if (clock instanceof WallClock) {
        clock.stop();
      }
      state.close();
    },
  };
}
