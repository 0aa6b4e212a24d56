// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockServices } from '@backstage/backend-test-utils';
import { StateJournal } from './StateJournal';

describe('StateJournal', () => {
  const logger = mockServices.logger.mock();
  const lines = () => ({
    warn: logger.warn.mock.calls.map(([line]) => line),
    info: logger.info.mock.calls.map(([line]) => line),
  });

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('says in one line what happens to many kinds within a second', () => {
    const journal = new StateJournal('dev', logger);
    journal.became('Pod', 'stale', 'etcd is gone');
    journal.became('Deployment', 'stale', 'etcd is gone');
    journal.became('CronJob', 'forbidden', 'no list for you');
    journal.became('Kustomization', 'not-installed', 'its group is not served');
    expect(lines()).toEqual({ warn: [], info: [] });
    jest.advanceTimersByTime(1000);
    expect(lines()).toEqual({
      warn: [
        'Cluster dev: Deployment, Pod: stale: etcd is gone',
        'Cluster dev: CronJob: forbidden: no list for you',
      ],
      info: [
        'Cluster dev: Kustomization: not-installed: its group is not served',
      ],
    });
    journal.became('Pod', 'current', '');
    journal.became('Deployment', 'current', '');
    jest.advanceTimersByTime(1000);
    expect(lines().info.slice(1)).toEqual([
      'Cluster dev: Deployment, Pod: current',
    ]);
  });

  it('says only how a kind ends that changes several times, and nothing once closed', () => {
    const journal = new StateJournal('dev', logger);
    journal.became('Pod', 'stale', 'aborted');
    journal.became('Pod', 'current', '');
    jest.advanceTimersByTime(1000);
    expect(lines()).toEqual({ warn: [], info: ['Cluster dev: Pod: current'] });
    journal.became('Pod', 'stale', 'aborted');
    journal.close();
    jest.advanceTimersByTime(1000);
    expect(lines().warn).toEqual([]);
  });
});
