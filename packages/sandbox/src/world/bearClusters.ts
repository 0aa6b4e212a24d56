// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseAllDocuments } from 'yaml';
import { ControlledClock } from '../clock';
import type { GitStore } from '../git';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import type { ImageRegistry } from '../registry/types';
import { startWorkloads } from '../workloads';
import { ensureNodes } from '../workloads/nodes';
import {
  CLUSTERS,
  type DemoWorld,
  type EnvironmentName,
  imagesFor,
} from './DemoWorld';
import { type PastRollout, pastRollouts, tenants } from './history';
import { bootstrapObjects, tenantFiles } from './manifests/platform';
import { pastSuspends, suspendInThePast } from './pastSuspends';
import { renderPast } from './renderPast';

/** Long enough for a rollout of a few pods; the deadline of those that fail is left to real time. */
const SETTLE_MS = 90_000;

/** Schedules run in the last day only: a hundred days of hourly Jobs would tell nothing more. */
const SCHEDULES_MS = 26 * 3_600_000;

export interface ClusterBirthOptions {
  world: DemoWorld;
  birth: Date;
  registry: ImageRegistry;
  git: GitStore;
  gitopsUrl: string;
  /** Opens a cluster's store on a clock; what is written persists. */
  open(cluster: string, clock: ControlledClock): ClusterStore;
}

/** Something that happened to a cluster in the past. */
interface PastStep {
  at: Date;
  run(): Promise<void>;
}

/**
 * Lets every cluster live through its past: a clock that starts 100 days ago
 * is moved from rollout to rollout, so that ReplicaSets, pods and revisions
 * have the ages that the demo world tells.
 */
export async function bearClusters(
  options: ClusterBirthOptions,
): Promise<void> {
  for (const [environment, clusters] of Object.entries(CLUSTERS)) {
    for (const cluster of clusters) {
      await bearCluster(options, environment as EnvironmentName, cluster);
    }
  }
}

async function bearCluster(
  options: ClusterBirthOptions,
  environment: EnvironmentName,
  cluster: string,
): Promise<void> {
  const { world, birth, git, gitopsUrl } = options;
  const clock = new ControlledClock(
    new Date(birth.getTime() - 100 * 86_400_000),
  );
  const store = options.open(cluster, clock);
  const apply = (object: KubeObject) =>
    store.apply(object, { manager: 'kustomize-controller', force: true });
  ensureNodes(store, {
    count: nodesFor(world, environment),
    region: cluster.endsWith('neu') ? 'northeurope' : 'westeurope',
    now: clock.now(),
  });
  for (const name of ['default', 'kube-system', 'flux-system']) {
    apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const tenant of tenants(world)) {
    for (const object of documents(
      tenantFiles(tenant, gitopsUrl).get(
        `tenants/base/${tenant.namespace}/tenant.yaml`,
      )!,
    )) {
      apply(object);
    }
  }
  for (const object of bootstrapObjects(environment, gitopsUrl)) {
    apply(object as KubeObject);
  }
  const workloads = {
    store,
    clock,
    registry: imagesFor(cluster, options.registry),
  };
  let stop = startWorkloads({ ...workloads, cronJobs: false });
  await clock.advance(SETTLE_MS);
  const rollouts = pastRollouts(world, birth).filter(
    rollout => rollout.environment === environment,
  );
  const together = new Map<number, PastRollout[]>();
  for (const rollout of rollouts) {
    const at = rollout.at.getTime();
    together.set(at, [...(together.get(at) ?? []), rollout]);
  }
  const steps: PastStep[] = [
    ...[...together.values()].map(group => ({
      at: group[0].at,
      run: async () => {
        for (const object of group.flatMap(renderPast)) {
          apply(object);
        }
        await clock.advance(SETTLE_MS);
      },
    })),
    ...pastSuspends(world, environment, birth).map(suspend => ({
      at: suspend.at,
      run: () => suspendInThePast(suspend, { store, clock, git }),
    })),
    {
      at: new Date(birth.getTime() - SCHEDULES_MS),
      run: async () => {
        stop();
        stop = startWorkloads(workloads);
      },
    },
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const { at, run } of steps) {
    await advanceTo(clock, at);
    await run();
  }
  await advanceTo(clock, birth);
  stop();
}

const CPU_PER_POD = 0.1;
const CPU_PER_NODE = 7.82;

/** Enough nodes for all replicas and half as many again, which roll out. */
function nodesFor(world: DemoWorld, environment: EnvironmentName): number {
  const pods = world.services
    .filter(({ environments }) => environments.includes(environment))
    .reduce((sum, { replicas }) => sum + replicas[environment], 0);
  return Math.max(
    environment === 'prod' ? 4 : 3,
    Math.ceil((1.5 * pods * CPU_PER_POD) / CPU_PER_NODE),
  );
}

async function advanceTo(clock: ControlledClock, at: Date): Promise<void> {
  const wait = at.getTime() - clock.now().getTime();
  if (wait > 0) {
    await clock.advance(wait);
  }
}

function documents(yaml: string): KubeObject[] {
  return parseAllDocuments(yaml).map(document => document.toJS() as KubeObject);
}
