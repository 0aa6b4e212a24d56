// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { timestamp } from './conditions';

/** One entry of `status.history`. */
export interface HistoryEntry {
  digest: string;
  firstReconciled: string;
  lastReconciled: string;
  lastReconciledDuration: string;
  lastReconciledStatus: string;
  metadata: Record<string, string>;
  totalReconciliations: number;
}

const MAX_ENTRIES = 5;

/**
 * Adds an outcome: the entry with the same digest and status is counted up and
 * moved to the front, so that the list is not in the order of first times
 * (`fluxcd/pkg:apis/meta/history.go`).
 */
export function upsertHistory(
  history: readonly HistoryEntry[],
  outcome: {
    digest: string;
    status: string;
    revision: string;
    now: Date;
    duration: string;
  },
): HistoryEntry[] {
  const same = history.find(
    entry =>
      entry.digest === outcome.digest &&
      entry.lastReconciledStatus === outcome.status,
  );
  const now = timestamp(outcome.now);
  const entry: HistoryEntry = {
    digest: outcome.digest,
    firstReconciled: same?.firstReconciled ?? now,
    lastReconciled: now,
    lastReconciledDuration: outcome.duration,
    lastReconciledStatus: outcome.status,
    metadata: { revision: outcome.revision },
    totalReconciliations: (same?.totalReconciliations ?? 0) + 1,
  };
  return [entry, ...history.filter(other => other !== same)].slice(
    0,
    MAX_ENTRIES,
  );
}
