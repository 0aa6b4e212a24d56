// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockServices } from '@backstage/backend-test-utils';
import type { DeploymentStore } from '../store/types';
import { readRetention } from './readRetention';
import { scheduleRetention } from './scheduleRetention';

const config = (days: unknown) =>
  mockServices.rootConfig({
    data: { fairway: { flux: { history: { days } } } } as never,
  });

describe('readRetention', () => {
  it.each([
    [undefined, 800],
    [1, 1],
    [3650, 3650],
  ])('%s gives %s days', (days, expected) => {
    expect(readRetention(config(days))).toBe(expected);
  });

  it.each([0, -1, 1.5, 3651, 'soon'])('%s is refused', days => {
    expect(() => readRetention(config(days))).toThrow(
      /fairway\.flux\.history\.days/,
    );
  });
});

describe('scheduleRetention', () => {
  it('removes what is older, once a day and in one backend of several', async () => {
    const pruned: string[] = [];
    const store = {
      prune: async (before: string) => pruned.push(before),
    } as Partial<DeploymentStore> as DeploymentStore;
    const scheduler = mockServices.scheduler.mock();
    await scheduleRetention({
      scheduler,
      store,
      logger: mockServices.logger.mock(),
      days: 800,
    });
    const [[task]] = scheduler.scheduleTask.mock.calls;
    jest.useFakeTimers({ now: Date.parse('2026-11-26T12:00:00Z') });
    try {
      await task.fn(new AbortController().signal);
    } finally {
      jest.useRealTimers();
    }

    expect(task).toMatchObject({
      id: 'fairway-flux-history-retention',
      frequency: { days: 1 },
    });
    // `local` would let each backend prune.
    expect(task.scope ?? 'global').toBe('global');
    expect(pruned).toEqual(['2024-09-17T12:00:00.000Z']);
  });
});
