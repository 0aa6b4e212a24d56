// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import { type Condition, stamp, withCondition } from './objects';
import { planRollout } from './planRollout';

export interface ReplicaCounts {
  desired: number;
  total: number;
  available: number;
  updated: number;
}

export interface ConditionsAnswer {
  conditions: Condition[];
  /** When the deadline has to be looked at again, in simulated milliseconds. */
  recheckMs?: number;
}

/**
 * The conditions Available and Progressing of a Deployment, as
 * `kubernetes/kubernetes:pkg/controller/deployment/progress.go` sets them.
 */
export function deploymentConditions(
  deployment: KubeObject,
  current: KubeObject | undefined,
  counts: ReplicaCounts,
  now: Date,
  speed: number,
): ConditionsAnswer {
  const { desired, total, available, updated } = counts;
  const isAvailable =
    available >= desired - planRollout.unavailableOf(deployment);
  const set = (
    conditions: Condition[],
    next: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
  ) => withCondition(conditions, next, now, { updateTime: true });
  const conditions = set(deployment.status?.conditions ?? [], {
    type: 'Available',
    status: isAvailable ? 'True' : 'False',
    reason: `MinimumReplicas${isAvailable ? 'Available' : 'Unavailable'}`,
    message: isAvailable
      ? 'Deployment has minimum availability.'
      : 'Deployment does not have minimum availability.',
  });
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (deployment.spec.paused) {
    return {
      conditions: set(conditions, {
        type: 'Progressing',
        status: 'Unknown',
        reason: 'DeploymentPaused',
        message: 'Deployment is paused',
      }),
    };
  }
  if (!current) {
    return { conditions };
  }
  const name = `"${current.metadata.name}"`;
  if (updated === desired && total === desired && available === desired) {
    return {
      conditions: set(conditions, {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `ReplicaSet ${name} has successfully progressed.`,
      }),
    };
  }
  const done =
    progressing?.reason === 'NewReplicaSetAvailable' &&
    progressing.message.includes(name);
  return done
    ? { conditions }
    : progress(deployment, conditions, name, counts, now, speed);
}

/** Progress made renews the deadline; none until the deadline is a failure that stays visible. */
function progress(
  deployment: KubeObject,
  conditions: Condition[],
  name: string,
  counts: ReplicaCounts,
  now: Date,
  speed: number,
): ConditionsAnswer {
  const status = deployment.status ?? {};
  const known = conditions.find(({ type }) => type === 'Progressing');
  const created = !known?.message.includes(name);
  const moved =
    counts.updated > (status.updatedReplicas ?? 0) ||
    counts.available > (status.availableReplicas ?? 0) ||
    counts.total < (status.replicas ?? 0);
  const deadlineMs = (deployment.spec.progressDeadlineSeconds ?? 600) * 1000;
  if (created || moved) {
    const next: Condition = {
      type: 'Progressing',
      status: 'True',
      reason: created ? 'NewReplicaSetCreated' : 'ReplicaSetUpdated',
      message: created
        ? `Created new replica set ${name}`
        : `ReplicaSet ${name} is progressing.`,
      lastTransitionTime:
        known?.status === 'True' ? known.lastTransitionTime : stamp(now),
      lastUpdateTime: stamp(now),
    };
    return {
      conditions: [
        ...conditions.filter(({ type }) => type !== 'Progressing'),
        next,
      ],
      recheckMs: deadlineMs,
    };
  }
  const since = Date.parse(known!.lastUpdateTime ?? stamp(now));
  const leftMs = deadlineMs - (now.getTime() - since) * speed;
  if (leftMs > 0) {
    return { conditions, recheckMs: leftMs + 1000 };
  }
  return {
    conditions: withCondition(
      conditions,
      {
        type: 'Progressing',
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `ReplicaSet ${name} has timed out progressing.`,
      },
      now,
      { updateTime: true },
    ),
  };
}
