// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ProjectedReconciliation } from '@fairway/plugin-delivery-node';
import { readApplied } from './readApplied';

const at = (minute: number) =>
  `2026-11-26T10:${String(minute).padStart(2, '0')}:00Z`;

function run(
  digest: string,
  first: number,
  last: number,
  lastReconciledStatus = 'ReconciliationSucceeded',
): ProjectedReconciliation {
  return {
    digest,
    firstReconciled: at(first),
    lastReconciled: at(last),
    lastReconciledStatus,
    totalReconciliations: 1,
  };
}

describe('readApplied', () => {
  it.each([
    ['nothing so far', [], undefined],
    ['a first one', [run('d1', 1, 1)], ['d1', 1, 1]],
    ['routine runs', [run('d1', 1, 30)], ['d1', 1, 30]],
    ['a new one', [run('d2', 5, 5), run('d1', 1, 4)], ['d2', 5, 5]],
    [
      'one that became healthy later: it came when it was applied',
      [run('d2', 9, 9), run('d2', 5, 7, 'HealthCheckFailed'), run('d1', 1, 4)],
      ['d2', 5, 9],
    ],
    ['one that came back', [run('d1', 1, 8), run('d2', 5, 7)], ['d1', 8, 8]],
    [
      'one that could not be applied',
      [run('d3', 6, 6, 'ReconciliationFailed'), run('d2', 5, 5)],
      ['d2', 5, 5],
    ],
    ['entries in any order', [run('d1', 1, 4), run('d2', 5, 5)], ['d2', 5, 5]],
  ])('%s', (_, history, expected) => {
    const applied = readApplied({ history });
    expect(
      applied && [applied.digest, applied.at, applied.lastReconciled],
    ).toEqual(
      expected && [
        expected[0],
        at(expected[1] as number),
        at(expected[2] as number),
      ],
    );
  });
});
