// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { dirname } from 'node:path/posix';
import type { ControlledClock } from '../clock';
import { startFlux } from '../flux';
import { GitSnapshot, type GitStore } from '../git';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import {
  type DemoService,
  type DemoWorld,
  type EnvironmentName,
  instant,
  kustomizationOf,
  namespaceOf,
} from './DemoWorld';
import { GITOPS } from '../pipelines/ImageUpdates';
import { fluxPath } from './manifests/service';

/** Somebody paused a service and forgot. */
export interface PastSuspend {
  at: Date;
  environment: EnvironmentName;
  demo: DemoService;
  by: string;
  reason: string;
}

const LOOK_MS = 30_000;
/** Flux needs some minutes for everything: platform first, then whoever waits for it. */
const MOST_LOOKS = 40;

export function pastSuspends(
  world: DemoWorld,
  environment: EnvironmentName,
  birth: Date,
): PastSuspend[] {
  return world.services.flatMap(demo => {
    const suspended = demo.suspended[environment];
    return suspended
      ? [
          {
            at: instant(suspended.age, birth),
            environment,
            demo,
            by: suspended.by,
            reason: suspended.reason,
          },
        ]
      : [];
  });
}

/**
 * Lets Flux reconcile the repository as it was then, and suspends the service
 * while Flux looks: its Kustomization keeps the status, revision and history
 * of that day for good, as with real controllers.
 *
 * @throws when the service does not become ready in the past: the world's files contradict each other
 */
export async function suspendInThePast(
  { at, environment, demo, by, reason }: PastSuspend,
  options: { store: ClusterStore; clock: ControlledClock; git: GitStore },
): Promise<void> {
  const { store, clock } = options;
  const own = fluxPath(demo, environment);
  const git = await GitSnapshot.at(
    options.git,
    GITOPS,
    clock.now(),
    // The platform and this service: the others need no Flux before today,
    // and their CronJobs would run by the hour ever since.
    path => path === own || !path.startsWith(`${dirname(own)}/`),
  );
  const ref = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    namespace: namespaceOf(demo),
    name: kustomizationOf(demo),
  };
  const flux = startFlux({ store, git, clock });
  for (let look = 0; !isReady(store.get(ref)); look++) {
    if (look === MOST_LOOKS) {
      throw new Error(
        `${demo.name} in ${
          store.name
        } was not ready at ${at.toISOString()}, when it is to be suspended`,
      );
    }
    await clock.advance(LOOK_MS);
  }
  store.patch(
    ref,
    'merge',
    {
      metadata: {
        annotations: {
          'fairway.dev/suspended-by': by,
          'fairway.dev/suspended-reason': reason,
          'fairway.dev/suspended-at': at.toISOString(),
        },
      },
      spec: { suspend: true },
    },
    { manager: 'fairway-portal' },
  );
  await clock.advance(LOOK_MS);
  flux.stop();
}

function isReady(object: KubeObject | undefined): boolean {
  return (object?.status?.conditions ?? []).some(
    ({ type, status }: { type: string; status: string }) =>
      type === 'Ready' && status === 'True',
  );
}
