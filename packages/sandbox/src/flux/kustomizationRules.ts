// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import { type ApplyContext, type Change, subject } from './ResourceManager';
import { formatDuration, parseDuration } from './goDuration';

const MIN_TIMEOUT_MS = 30_000;
const DEFAULT_INTERVAL_MS = 300_000;

/** Simulated milliseconds of `spec.interval`. */
export function intervalOf(object: KubeObject): number {
  return parseDuration(object.spec.interval) ?? DEFAULT_INTERVAL_MS;
}

/** `spec.retryInterval`, by default the interval. */
export function retryIntervalOf(object: KubeObject): number {
  return parseDuration(object.spec.retryInterval) ?? intervalOf(object);
}

/** `spec.timeout`, by default 30 s less than the interval, never below 30 s. */
export function timeoutOf(object: KubeObject): number {
  const timeout =
    parseDuration(object.spec.timeout) ?? intervalOf(object) - 30_000;
  return Math.max(timeout, MIN_TIMEOUT_MS);
}

export function phaseMessage(
  phase: string,
  revision: string,
  timeoutMs: number,
): string {
  return `${phase} for revision ${revision} with a timeout of ${formatDuration(
    timeoutMs,
  )}`;
}

export function contextOf(object: KubeObject): ApplyContext {
  return {
    owner: {
      name: object.metadata.name,
      namespace: object.metadata.namespace!,
    },
    serviceAccountName: object.spec.serviceAccountName,
    force: Boolean(object.spec.force),
  };
}

export function missingSource(object: KubeObject): string {
  const { kind, name } = object.spec.sourceRef;
  const plural =
    kind === 'GitRepository' ? 'gitrepositories' : `${kind.toLowerCase()}s`;
  return `${plural}.source.toolkit.fluxcd.io "${name}" not found`;
}

/** One line per change, all of them: how a prune is told. */
export function describe(changes: readonly Change[]): string {
  return changes
    .map(change => `${subject(change.object)} ${change.action}`)
    .join('\n');
}
