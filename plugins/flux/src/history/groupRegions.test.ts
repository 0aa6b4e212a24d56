// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DeploymentRecord } from '@fairway/plugin-flux-common';
import { groupRegions } from './groupRegions';

function record(changes: Partial<DeploymentRecord>): DeploymentRecord {
  return {
    id: 'a',
    environment: 'prod',
    cluster: 'aks-prod-weu',
    workload: 'Deployment/orders',
    version: '1.5.0',
    image: {
      container: 'orders',
      repository: 'acr.example/orders',
      tag: '1.5.0',
    },
    startedAt: '2026-11-26T12:00:00Z',
    ...changes,
  };
}

const NEU = { id: 'b', cluster: 'aks-prod-neu' };

describe('groupRegions', () => {
  it('makes one row of one change in two regions', () => {
    const first = record({});
    const second = record({
      ...NEU,
      startedAt: '2026-11-26T11:01:00Z',
      missedBefore: 3,
    });
    expect(groupRegions([first, second])).toEqual([
      {
        record: first,
        clusters: ['aks-prod-neu', 'aks-prod-weu'],
        missedBefore: 3,
      },
    ]);
  });

  it.each<[string, Partial<DeploymentRecord>]>([
    ['came more than an hour apart', { startedAt: '2026-11-26T10:59:59Z' }],
    ['are different versions', { version: '1.4.0' }],
    ['changed different things', { change: 'configuration' }],
    ['come from different commits', { commit: { sha: 'f00' } as never }],
    ['are other workloads', { workload: 'StatefulSet/orders' }],
    ['happened in the same cluster', { cluster: 'aks-prod-weu' }],
  ])('keeps apart what %s', (_, changes) => {
    const records = [record({}), record({ ...NEU, ...changes })];
    expect(groupRegions(records).map(row => row.record)).toEqual(records);
  });
});
