// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DeploymentRecord } from '@fairway/plugin-flux-common';

/** Regions that follow one another within this time make one deployment. */
const TOGETHER_MS = 3_600_000;

/** A deployment with the clusters that it reached together. */
export interface DeploymentRow {
  /** The record that came last. */
  record: DeploymentRecord;
  clusters: string[];
  /** Changes just before it that nobody saw. */
  missedBefore: number;
}

/**
 * One row for the same change of the same workload in several regions: for a reader
 * that is one deployment. `records` are newest first, and so are the rows.
 */
export function groupRegions(
  records: readonly DeploymentRecord[],
): DeploymentRow[] {
  const rows: DeploymentRow[] = [];
  const open = new Map<string, DeploymentRow>();
  for (const record of records) {
    const key = JSON.stringify([
      record.environment,
      record.workload,
      record.version,
      record.change,
      record.commit?.sha,
    ]);
    const row = open.get(key);
    if (
      row &&
      !row.clusters.includes(record.cluster) &&
      Date.parse(row.record.startedAt) - Date.parse(record.startedAt) <=
        TOGETHER_MS
    ) {
      row.clusters.push(record.cluster);
      row.missedBefore = Math.max(row.missedBefore, record.missedBefore ?? 0);
    } else {
      const begun = {
        record,
        clusters: [record.cluster],
        missedBefore: record.missedBefore ?? 0,
      };
      rows.push(begun);
      open.set(key, begun);
    }
  }
  for (const row of rows) {
    row.clusters.sort();
  }
  return rows;
}
