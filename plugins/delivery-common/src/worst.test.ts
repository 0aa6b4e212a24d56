// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { SOURCE_STATES, worstSource } from './sourceState';
import { compareTones, type Tone, worstTone } from './verdict';

describe('worstSource', () => {
  it('puts every state in an order, from no data to nothing to worry about', () => {
    const left = SOURCE_STATES.map(state => ({ state }));
    const order: string[] = [];
    while (left.length > 0) {
      const worst = worstSource(left)!.state;
      order.push(worst);
      left.splice(
        left.findIndex(({ state }) => state === worst),
        1,
      );
    }
    expect(order).toEqual([
      'unreachable',
      'unauthorized',
      'stopped',
      'forbidden',
      'not-bound',
      'stale',
      'partial',
      'not-collected',
      'not-installed',
      'disabled',
      'current',
    ]);
  });

  it('of equals gives the one that is silent for longest', () => {
    expect(worstSource([])).toBeUndefined();
    expect(
      worstSource([
        { state: 'stale', asOf: '2026-11-24T10:00:00Z' },
        { state: 'current', asOf: '2020-01-01T00:00:00Z' },
        { state: 'stale', asOf: '2026-11-24T09:00:00Z' },
      ]),
    ).toEqual({ state: 'stale', asOf: '2026-11-24T09:00:00Z' });
  });
});

describe('tones', () => {
  it('has one order for lists and for wholes', () => {
    const tones: Tone[] = [
      'positive',
      'unknown',
      'negative',
      'paused',
      'progressing',
      'warning',
    ];
    expect([...tones].sort(compareTones)).toEqual([
      'negative',
      'warning',
      'unknown',
      'paused',
      'progressing',
      'positive',
    ]);
    expect(worstTone(tones)).toBe('negative');
    expect(worstTone(['positive', 'paused'])).toBe('paused');
    expect(worstTone([])).toBeUndefined();
  });
});
