// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import type { Condition } from './objects';

const TYPE = 'ReplicaFailure';

/**
 * A Deployment shows that pods of it are refused as its newest ReplicaSet shows
 * it, else as any other does
 * (`kubernetes/kubernetes:pkg/controller/deployment/progress.go`, `getReplicaFailures`).
 */
export function withReplicaFailure(
  conditions: Condition[],
  current: KubeObject | undefined,
  sets: KubeObject[],
): Condition[] {
  const failure = [current, ...sets]
    .flatMap((set): Condition[] => set?.status?.conditions ?? [])
    .find(({ type }) => type === TYPE);
  const known = conditions.find(({ type }) => type === TYPE);
  if (!failure) {
    return known ? conditions.filter(one => one !== known) : conditions;
  }
  return known?.message === failure.message
    ? conditions
    : [
        ...conditions.filter(one => one !== known),
        { ...failure, lastUpdateTime: failure.lastTransitionTime },
      ];
}
