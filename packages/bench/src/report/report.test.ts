// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { formatTable } from './formatTable';
import { judge } from './Measurement';
import { median, quantile } from './quantile';

describe('quantile', () => {
  it('is the nearest rank, whatever the order', () => {
    const values = [5, 1, 4, 2, 3, 6, 7, 8, 9, 10];
    expect([
      quantile(values, 0),
      median(values),
      quantile(values, 0.95),
      quantile(values, 1),
    ]).toEqual([1, 5, 10, 10]);
    expect(median([3, 1, 2])).toBe(2);
    expect(values[0]).toBe(5);
  });

  it('refuses to make a figure of nothing', () => {
    expect(() => median([])).toThrow('Nothing was measured.');
  });
});

describe('judge', () => {
  it('gives a ratio to the baseline and passes what is within the target', () => {
    expect(
      judge('watch', {
        metric: 'heap per Pod',
        value: 652.44,
        unit: 'B',
        baseline: 13_731.2,
        target: 1228.8,
      }),
    ).toEqual({
      bench: 'watch',
      metric: 'heap per Pod',
      value: 652.4,
      unit: 'B',
      baseline: 13_731,
      ratio: 0.04752,
      target: 1229,
      pass: true,
    });
  });

  it.each([
    ['at the target', { value: 5, target: 5 }, true],
    ['above the target', { value: 5.001, target: 5 }, false],
    ['no answer', { value: null, target: 5 }, false],
    ['zero where zero is asked', { value: 0, target: 0 }, true],
    [
      'none where exactly one is asked',
      { value: 0, target: 1, exact: true },
      false,
    ],
    ['exactly one', { value: 1, target: 1, exact: true }, true],
  ])('%s', (_, finding, pass) => {
    expect(judge('b', { metric: 'm', unit: 'u', ...finding }).pass).toBe(pass);
  });

  it('has no ratio without something to compare with', () => {
    const ratios = [undefined, null, 0].map(
      baseline =>
        judge('b', { metric: 'm', unit: 'u', value: 1, target: 1, baseline })
          .ratio,
    );
    expect(ratios).toEqual([null, null, null]);
  });
});

describe('formatTable', () => {
  it('puts figures under each other and says what was missed', () => {
    const table = formatTable([
      judge('open', {
        metric: 'upstream calls',
        unit: 'calls',
        value: 0,
        baseline: 80,
        target: 0,
      }),
      judge('open', {
        metric: 'answer',
        unit: 'ms',
        value: 1200,
        baseline: null,
        target: 1000,
      }),
      judge('open', {
        metric: 'none',
        unit: 'ms',
        value: null,
        baseline: 10,
        target: 5,
      }),
      judge('open', {
        metric: 'more',
        unit: 's',
        value: 30,
        baseline: 10,
        target: 100,
      }),
      judge('open', {
        metric: 'little',
        unit: '/s',
        value: 0.5,
        baseline: 1877,
        target: 1,
      }),
    ]);
    expect(table.split('\n')).toEqual([
      'measure         unit   stock  Fairway    ratio  target',
      'upstream calls  calls     80        0    0.0 %       0  met',
      'answer          ms         -    1,200            1,000  MISSED',
      'none            ms        10        -                5  MISSED',
      'more            s         10       30      3 x     100  met',
      'little          /s     1,877      0.5  < 0.1 %       1  met',
    ]);
  });
});
