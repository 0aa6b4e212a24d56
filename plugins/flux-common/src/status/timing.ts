// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { FluxCondition, FluxResource } from './types';

/** Beyond it `Date` has no instants. */
const LAST_INSTANT = 8.64e15;

/** Flux's own default of `spec.timeout`: interval less 30 s, at least 30 s (flux reference 2.1). */
export function timeoutSecondsOf(resource: FluxResource): number {
  return Math.max(
    30,
    resource.timeoutSeconds ?? (resource.intervalSeconds ?? 0) - 30,
  );
}

/**
 * When the controller last worked on the object: its newest status write or
 * completed apply, whichever is later. Undefined when neither is known.
 */
export function reconciledAtOf(resource: FluxResource): string | undefined {
  const known = [
    resource.statusWrittenAt,
    resource.history?.[0]?.lastReconciled,
  ].filter((time): time is string => time !== undefined);
  return known.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}

/** Whole seconds from `time` to `now`, never negative: clocks may differ. */
export function secondsSince(time: string, now: Date): number {
  return Math.max(0, Math.round((now.getTime() - Date.parse(time)) / 1000));
}

/** Kinds whose controller writes the status at each run; a source without news writes nothing (recording 03). */
const WRITES_EACH_RUN = ['Kustomization', 'HelmRelease'];

/**
 * Whether nothing has reconciled the object for longer than three rounds of its
 * interval and timeout. False when no clock is known: staleness is not guessed.
 */
export function isOverdue(resource: FluxResource, now: Date): boolean {
  const reconciledAt = reconciledAtOf(resource);
  if (
    !WRITES_EACH_RUN.includes(resource.kind) ||
    !reconciledAt ||
    resource.intervalSeconds === undefined
  ) {
    return false;
  }
  const limit = 3 * (resource.intervalSeconds + timeoutSecondsOf(resource));
  return secondsSince(reconciledAt, now) > limit;
}

/** When the controller tries again after a failure; undefined when that is not known or already past. */
export function nextAttemptAt(
  resource: FluxResource,
  ready: FluxCondition,
  now: Date,
): string | undefined {
  const wait = resource.retryIntervalSeconds ?? resource.intervalSeconds;
  if (wait === undefined || !ready.lastTransitionTime) {
    return undefined;
  }
  const next = Date.parse(ready.lastTransitionTime) + wait * 1000;
  return next > now.getTime() && next < LAST_INSTANT
    ? new Date(next).toISOString()
    : undefined;
}
