// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { FluxCondition } from '../status/types';

/** How far a workload is; the watch cache's projection satisfies it. @public */
export interface WorkloadFacts {
  kind: string;
  name: string;
  generation?: number;
  observedGeneration?: number;
  desired: number;
  ready: number;
  updated: number;
  paused?: boolean;
  conditions: FluxCondition[];
}

/**
 * `complete`: every replica has the newest template and was ready once.
 * `rolling`: on the way. `stuck`: Kubernetes gave up waiting, or cannot create pods.
 *
 * @public
 */
export type Rollout = 'complete' | 'rolling' | 'stuck' | 'paused';

/**
 * How far the rollout of a workload is. Pods that became unready after a
 * complete rollout do not make it a rollout again.
 * Source: `kubernetes/kubectl:pkg/polymorphichelpers/rollout_status.go`.
 *
 * @public
 */
export function rolloutOf(workload: WorkloadFacts): Rollout {
  const condition = (type: string) =>
    workload.conditions.find(c => c.type === type);
  const progressing = condition('Progressing');
  if (workload.desired === 0) {
    return 'complete';
  }
  if (
    workload.generation !== undefined &&
    (workload.observedGeneration ?? 0) < workload.generation
  ) {
    return 'rolling';
  }
  if (condition('ReplicaFailure')?.status === 'True') {
    return 'stuck';
  }
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return 'stuck';
  }
  if (workload.paused && workload.updated < workload.desired) {
    return 'paused';
  }
  if (workload.updated < workload.desired) {
    return 'rolling';
  }
  if (workload.ready >= workload.desired) {
    return 'complete';
  }
  return progressing?.status === 'True' &&
    progressing.reason !== 'NewReplicaSetAvailable'
    ? 'rolling'
    : 'complete';
}
