// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ProjectedKustomization } from '@fairway/plugin-delivery-node';

/** What a Kustomization last brought to the cluster. */
export interface Applied {
  /** Of the rendered manifests: the same for as long as nothing of its own changes. */
  digest: string;
  /** When it was first applied, ISO 8601; of one that came back, when it came back. */
  at: string;
  lastReconciled: string;
}

/** Ends of a run in which the manifests were applied; whether they then run is another matter. */
const APPLIED = [
  'ReconciliationSucceeded',
  'HealthCheckFailed',
  'HealthCheckCanceled',
  'PruneFailed',
];

/**
 * Reads what a Kustomization applies from its `status.history`, in which Flux
 * names the digest of the manifests that it built: unlike the revision, it does
 * not move with other people's commits (control-plane reference, section 4).
 */
export function readApplied({
  history,
}: Pick<ProjectedKustomization, 'history'>): Applied | undefined {
  const runs = history
    .filter(run => APPLIED.includes(run.lastReconciledStatus) && run.digest)
    .sort(
      (a, b) => Date.parse(b.lastReconciled) - Date.parse(a.lastReconciled),
    );
  const [last, ...older] = runs;
  if (!last) {
    return undefined;
  }
  // Entries with equal digest differ in how they ended: an apply, tried again.
  const other = older.find(({ digest }) => digest !== last.digest);
  const first = runs
    .filter(
      ({ digest, firstReconciled }) =>
        digest === last.digest &&
        (!other ||
          Date.parse(firstReconciled) >= Date.parse(other.lastReconciled)),
    )
    .map(({ firstReconciled }) => firstReconciled)
    .sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  return {
    digest: last.digest,
    at: first ?? last.lastReconciled,
    lastReconciled: last.lastReconciled,
  };
}
