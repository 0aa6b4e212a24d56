// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseAllDocuments } from 'yaml';
import { ControlledClock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import type { ImageRegistry } from '../registry/types';
import { startWorkloads } from '../workloads';
import { ensureNodes } from '../workloads/nodes';
import {
  CLUSTERS,
  type DemoWorld,
  type EnvironmentName,
  instant,
  namespaceOf,
} from './DemoWorld';
import { deployedVersion, pastRollouts, tenantNamespaces } from './history';
import { bootstrapObjects, tenantFiles } from './manifests/platform';
import { fluxFile } from './manifests/service';
import { renderPast } from './renderPast';

/** Long enough for a rollout of a few pods; the deadline of those that fail is left to real time. */
const SETTLE_MS = 90_000;

export interface ClusterBirthOptions {
  world: DemoWorld;
  birth: Date;
  registry: ImageRegistry;
  gitopsUrl: string;
  /** Opens a cluster's store on a clock; what is written persists. */
  open(cluster: string, clock: ControlledClock): ClusterStore;
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
  const { world, birth, registry, gitopsUrl } = options;
  const clock = new ControlledClock(
    new Date(birth.getTime() - 100 * 86_400_000),
  );
  const store = options.open(cluster, clock);
  const apply = (object: KubeObject) =>
    store.apply(object, { manager: 'kustomize-controller', force: true });
  ensureNodes(store, {
    count: environment === 'prod' ? 4 : 3,
    region: cluster.endsWith('neu') ? 'northeurope' : 'westeurope',
    now: clock.now(),
  });
  for (const name of ['default', 'kube-system', 'flux-system']) {
    apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const { namespace, owner } of tenantNamespaces(world)) {
    for (const object of documents(
      tenantFiles(namespace, owner, gitopsUrl).get(
        `tenants/base/${namespace}/tenant.yaml`,
      )!,
    )) {
      apply(object);
    }
  }
  for (const object of bootstrapObjects(environment, gitopsUrl)) {
    apply(object as KubeObject);
  }
  const stop = startWorkloads({ store, clock, registry });
  await clock.advance(SETTLE_MS);
  for (const rollout of pastRollouts(world, birth)) {
    if (
      rollout.environment !== environment ||
      rollout.demo.kind === 'CronJob'
    ) {
      continue;
    }
    const wait = rollout.at.getTime() - clock.now().getTime();
    if (wait > 0) {
      await clock.advance(wait);
    }
    for (const object of renderPast(rollout)) {
      apply(object);
    }
    await clock.advance(SETTLE_MS);
  }
  suspend(options, environment, store, apply);
  const left = birth.getTime() - clock.now().getTime();
  if (left > 0) {
    await clock.advance(left);
  }
  // Last, and without a past: a hundred days of hourly Jobs would tell nothing.
  for (const rollout of pastRollouts(world, birth)) {
    const { demo, version } = rollout;
    if (
      rollout.environment === environment &&
      demo.kind === 'CronJob' &&
      version === deployedVersion(demo, environment)
    ) {
      for (const object of renderPast(rollout)) {
        apply(object);
      }
    }
  }
  stop();
}

/** The forgotten suspends: written by hand, long ago, with a reason that nobody remembers. */
function suspend(
  { world, birth }: ClusterBirthOptions,
  environment: EnvironmentName,
  store: ClusterStore,
  apply: (object: KubeObject) => KubeObject,
): void {
  for (const demo of world.services) {
    const suspended = demo.suspended[environment];
    if (!suspended) {
      continue;
    }
    const [, content] = fluxFile(demo, environment);
    const [object] = documents(content);
    apply(object);
    store.patch(
      {
        apiVersion: object.apiVersion,
        kind: object.kind,
        namespace: namespaceOf(demo),
        name: demo.name,
      },
      'merge',
      {
        metadata: {
          annotations: {
            'fairway.dev/suspended-by': suspended.by,
            'fairway.dev/suspended-reason': suspended.reason,
            'fairway.dev/suspended-at': instant(
              suspended.age,
              birth,
            ).toISOString(),
          },
        },
        spec: { suspend: true },
      },
      { manager: 'fairway-portal' },
    );
  }
}

function documents(yaml: string): KubeObject[] {
  return parseAllDocuments(yaml).map(document => document.toJS() as KubeObject);
}
