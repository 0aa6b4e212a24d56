// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';

export type ConditionStatus = 'True' | 'False' | 'Unknown';

/** A Flux condition as it stands in `status.conditions`. */
export interface Condition {
  type: string;
  status: ConditionStatus;
  reason: string;
  message: string;
  observedGeneration?: number;
  lastTransitionTime?: string;
}

/** These stand first, the rest by name (`fluxcd/pkg:runtime/conditions/setter.go`). */
const FIRST = ['Stalled', 'Reconciling', 'Ready'];

export function conditionsOf(object: KubeObject): Condition[] {
  return object.status?.conditions ?? [];
}

export function getCondition(
  object: KubeObject,
  type: string,
): Condition | undefined {
  return conditionsOf(object).find(condition => condition.type === type);
}

export function hasStatus(
  object: KubeObject,
  type: string,
  status: ConditionStatus,
): boolean {
  return getCondition(object, type)?.status === status;
}

/**
 * Sets a condition on a working copy, stamped with the copy's generation. The
 * transition time moves when status, reason or message do.
 */
export function setCondition(
  object: KubeObject,
  condition: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
  now: Date,
): void {
  const before = getCondition(object, condition.type);
  const same =
    before?.status === condition.status &&
    before.reason === condition.reason &&
    before.message === condition.message;
  const next: Condition = {
    ...condition,
    observedGeneration: object.metadata.generation,
    lastTransitionTime:
      same && before.lastTransitionTime
        ? before.lastTransitionTime
        : timestamp(now),
  };
  putConditions(object, [
    ...conditionsOf(object).filter(other => other.type !== condition.type),
    next,
  ]);
}

export function deleteCondition(object: KubeObject, type: string): void {
  if (getCondition(object, type)) {
    putConditions(
      object,
      conditionsOf(object).filter(condition => condition.type !== type),
    );
  }
}

function putConditions(object: KubeObject, conditions: Condition[]): void {
  object.status = {
    ...object.status,
    conditions: sortConditions(conditions),
  };
}

export function sortConditions(conditions: Condition[]): Condition[] {
  const rank = (type: string) => {
    const at = FIRST.indexOf(type);
    return at === -1 ? FIRST.length : at;
  };
  return [...conditions].sort(
    (a, b) =>
      rank(a.type) - rank(b.type) ||
      (a.type < b.type ? -1 : Number(a.type > b.type)),
  );
}

/** RFC 3339 with second precision, as the API server keeps times. */
export function timestamp(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}Z`;
}
