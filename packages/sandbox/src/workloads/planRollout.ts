// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';

/** How many replicas each ReplicaSet of a Deployment should have next. */
export interface RolloutPlan {
  current: number;
  /** By name of the older set. */
  old: Map<string, number>;
}

/**
 * One step of a rollout within `maxSurge` and `maxUnavailable`.
 *
 * Source: kubernetes/kubernetes:pkg/controller/deployment/rolling.go and
 * util/deployment_util.go (ResolveFenceposts: surge rounds up, unavailable
 * rounds down, and both cannot be 0).
 */
export function planRollout(
  deployment: KubeObject,
  current: KubeObject | undefined,
  old: KubeObject[],
): RolloutPlan {
  const desired = deployment.spec.replicas ?? 1;
  const replicas = (set: KubeObject) => set.spec.replicas ?? 0;
  const oldTotal = old.reduce((sum, set) => sum + replicas(set), 0);
  const currentNow = current ? replicas(current) : 0;
  if (deployment.spec.strategy?.type === 'Recreate') {
    const oldPods = old.reduce(
      (sum, set) => sum + (set.status?.replicas ?? 0),
      0,
    );
    return {
      // New pods only when no old one is left.
      current: oldPods > 0 ? currentNow : desired,
      old: new Map(old.map(set => [set.metadata.name, 0])),
    };
  }
  const rolling = deployment.spec.strategy?.rollingUpdate ?? {};
  const unavailable = unavailableOf(deployment);
  const surge = amount(rolling.maxSurge ?? '25%', desired, Math.ceil);
  const room = desired + surge - oldTotal - currentNow;
  const next =
    currentNow > desired
      ? desired
      : currentNow + Math.max(0, Math.min(room, desired - currentNow));
  const plan = new Map(old.map(set => [set.metadata.name, replicas(set)]));
  if (oldTotal === 0 || !current) {
    return { current: next, old: plan };
  }
  const minAvailable = desired - unavailable;
  // A set's status lags behind: what it is told to remove counts as gone.
  const available = (set: KubeObject) =>
    Math.min(replicas(set), set.status?.availableReplicas ?? 0);
  const currentUnavailable = currentNow - available(current);
  let spare = oldTotal + currentNow - minAvailable - currentUnavailable;
  if (spare <= 0) {
    return { current: next, old: plan };
  }
  // Pods that do not serve go first: removing them costs no availability.
  for (const set of old) {
    const broken = Math.max(0, replicas(set) - available(set));
    const removed = Math.min(broken, Math.max(0, spare));
    plan.set(set.metadata.name, replicas(set) - removed);
    spare -= removed;
  }
  let canGo =
    old.reduce((sum, set) => sum + available(set), 0) +
    available(current) -
    minAvailable;
  for (const set of old) {
    const left = plan.get(set.metadata.name)!;
    const removed = Math.min(left, Math.max(0, canGo));
    plan.set(set.metadata.name, left - removed);
    canGo -= removed;
  }
  return { current: next, old: plan };
}

planRollout.unavailableOf = unavailableOf;

/** Pods that may be missing while a Deployment rolls. */
function unavailableOf(deployment: KubeObject): number {
  const desired = deployment.spec.replicas ?? 1;
  if (deployment.spec.strategy?.type === 'Recreate') {
    return 0;
  }
  const rolling = deployment.spec.strategy?.rollingUpdate ?? {};
  const surge = amount(rolling.maxSurge ?? '25%', desired, Math.ceil);
  const unavailable = amount(
    rolling.maxUnavailable ?? '25%',
    desired,
    Math.floor,
  );
  return surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, desired);
}

function amount(
  value: number | string,
  of: number,
  round: (value: number) => number,
): number {
  return typeof value === 'number'
    ? value
    : round((Number.parseInt(value, 10) / 100) * of);
}
