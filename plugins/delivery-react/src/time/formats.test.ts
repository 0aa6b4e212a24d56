// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createFormats } from './formats';

const NOW = Date.parse('2026-11-24T14:14:00');

describe('createFormats', () => {
  const en = createFormats('en');
  const de = createFormats('de');

  it.each([
    [-2, 'now'],
    [-40, '40 sec. ago'],
    [40, 'in 40 sec.'],
    [-4 * 60, '4 min. ago'],
    [-85 * 60, '85 min. ago'],
    [-2 * 3600, '2 hr. ago'],
    [-30 * 3600, '30 hr. ago'],
    [-43 * 86_400, '43 days ago'],
    [-70 * 86_400, '2 mo. ago'],
    [-800 * 86_400, '2 yr. ago'],
  ])('%s s is "%s"', (seconds, words) => {
    expect(en.relative(NOW + seconds * 1000, NOW)).toBe(words);
  });

  it('says clock times with as much of the day as is needed', () => {
    const at = (iso: string) => en.clock(Date.parse(iso), NOW);
    expect(at('2026-11-24T14:02:00')).toBe('14:02');
    expect(at('2026-11-23T23:02:00')).toBe('Mon 23:02');
    expect(at('2026-11-12T09:12:00')).toBe('Nov 12, 09:12');
    expect(at('2025-11-12T09:12:00')).toBe('Nov 12, 2025, 09:12');
  });

  it('speaks the language of the reader', () => {
    expect(de.relative(NOW - 4 * 60_000, NOW)).toBe('vor 4 Min.');
    expect(en.duration(600)).toBe('10 min');
    expect(de.duration(172_800)).toBe('2 Tg.');
    expect(de.number(1204.5)).toBe('1.204,5');
  });
});
