// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { DEFAULT_TUNING, readWatchTuning } from './WatchTuning';

const read = (watch?: JsonObject) =>
  readWatchTuning(new ConfigReader(watch ? { fairway: { watch } } : {}));

describe('readWatchTuning', () => {
  it('has defaults, and takes what the configuration says over them', () => {
    expect(read()).toEqual(DEFAULT_TUNING);
    expect(
      read({
        pageSize: 100,
        connectTimeout: { seconds: 2 },
        inactivity: '3m',
        forbiddenRecheck: 'PT1H',
      }),
    ).toEqual({
      ...DEFAULT_TUNING,
      pageSize: 100,
      connectTimeoutMs: 2_000,
      inactivityMs: 180_000,
      forbiddenRecheckMs: 3_600_000,
    });
  });

  it.each<[JsonObject, string]>([
    [{ pageSize: 0 }, 'fairway.watch.pageSize is 0: give a whole number'],
    [{ pageSize: 5001 }, 'fairway.watch.pageSize is 5001'],
    [{ pageSize: 1.5 }, 'fairway.watch.pageSize is 1.5'],
    [{ pageSize: 'many' }, 'pageSize'],
    [{ listTimeout: { seconds: 0 } }, 'fairway.watch.listTimeout has to be'],
    [{ maxBackoff: 'soon' }, 'maxBackoff'],
  ])('refuses %j and names the field', (watch, message) => {
    expect(() => read(watch)).toThrow(message);
  });
});
