// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { toCsv } from '@fairway/plugin-delivery-react';
import type { DeploymentRecord } from '@fairway/plugin-flux-common';

/** The history as a table for spreadsheets: times in UTC, whole SHAs and digests. */
export function historyCsv(
  header: readonly string[],
  records: readonly DeploymentRecord[],
): string {
  return toCsv(
    header,
    records.map(record => [
      record.startedAt,
      record.environment,
      record.cluster,
      record.workload,
      record.version,
      record.commit?.subject,
      record.commit?.author,
      record.commit?.sha,
      record.image.repository,
      record.image.digest,
    ]),
  );
}
