// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { formatAge, formatDuration, formatInstant } from './formatTime';

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [0.4, '0 s'],
    [-5, '0 s'],
    [NaN, '0 s'],
    [Infinity, '0 s'],
    [1, '1 s'],
    [59.6, '1 min'],
    [600, '10 min'],
    [5400, '1 h 30 min'],
    [3601, '1 h'],
    [86_400, '1 d'],
    [90_061, '1 d 1 h'],
    [86_400 + 59, '1 d'],
    [400 * 86_400, '400 d'],
  ])('%d s is %s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });

  it('never says more than the time that passed, and less only below its smaller unit', () => {
    const sizes: Record<string, number> = { d: 86_400, h: 3600, min: 60, s: 1 };
    fc.assert(
      fc.property(fc.nat({ max: 1e9 }), seconds => {
        const words = formatDuration(seconds).split(' ');
        let said = 0;
        for (let at = 0; at < words.length; at += 2) {
          said += Number(words[at]) * sizes[words[at + 1]];
        }
        const largest = sizes[words[1]];
        const lost = seconds - said;
        expect(lost).toBeGreaterThanOrEqual(0);
        expect(lost).toBeLessThan(Math.max(1, largest / 24));
      }),
    );
  });
});

describe('formatAge', () => {
  const now = new Date('2026-11-24T10:00:00Z');

  it.each([
    ['2026-11-24T09:56:00Z', '4 min ago'],
    ['2026-11-24T09:59:59.800Z', 'just now'],
    ['2026-11-24T10:10:00Z', 'just now'],
    ['2025-11-24T10:00:00+01:00', '365 d 1 h ago'],
    ['yesterday', undefined],
  ])('%s is %s', (time, expected) => {
    expect(formatAge(time, now)).toBe(expected);
  });
});

describe('formatInstant', () => {
  it('gives the minute in UTC', () => {
    expect(formatInstant('2026-11-24T11:05:59+01:00')).toBe(
      '2026-11-24 10:05 UTC',
    );
    expect(formatInstant('soon')).toBeUndefined();
  });
});
