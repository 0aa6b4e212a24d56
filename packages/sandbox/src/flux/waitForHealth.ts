// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, ObjectRef } from '../kubernetes/types';
import { type KStatus, kstatus } from './kstatus';

const POLL_MS = 5_000;

/** Objects that did not become healthy; worded as the controller words it. */
export class HealthError extends Error {}

/**
 * Polls until all objects are current, one has failed for good, or the time is
 * over (`fluxcd/pkg:ssa/manager_wait.go`, fail fast).
 *
 * @param timeoutMs - simulated milliseconds
 * @throws HealthError
 */
export async function waitForHealth(options: {
  store: ClusterStore;
  clock: Clock;
  refs: readonly ObjectRef[];
  timeoutMs: number;
}): Promise<void> {
  const { store, clock, refs, timeoutMs } = options;
  let waited = 0;
  for (;;) {
    const pending = refs
      .map(ref => ({ ref, status: statusOf(store, ref) }))
      .filter(({ status }) => status !== 'Current');
    if (pending.length === 0) {
      return;
    }
    if (pending.some(({ status }) => status === 'Failed')) {
      throw new HealthError(
        `failed early due to stalled resources: [${describe(
          pending.filter(({ status }) => status === 'Failed'),
        )}]`,
      );
    }
    if (waited >= timeoutMs) {
      throw new HealthError(`timeout waiting for: [${describe(pending)}]`);
    }
    const pause = Math.min(POLL_MS, timeoutMs - waited);
    await clock.sleep(pause);
    waited += pause;
  }
}

function statusOf(store: ClusterStore, ref: ObjectRef): KStatus {
  return store.kindOf(ref.apiVersion, ref.kind)
    ? kstatus(store.get(ref))
    : 'NotFound';
}

function describe(
  pending: readonly { ref: ObjectRef; status: KStatus }[],
): string {
  return pending
    .map(
      ({ ref, status }) =>
        `${[ref.kind, ref.namespace, ref.name]
          .filter(Boolean)
          .join('/')} status: '${status}'`,
    )
    .join(', ');
}
