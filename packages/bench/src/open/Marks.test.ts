// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { delays, markOf, type Marks, noteMarks } from './Marks';

describe('marks', () => {
  it('are found wherever they stand, and keep the time at which they were first seen', () => {
    const seen: Marks = new Map();
    noteMarks(`Paused: "${markOf(1)}" and "${markOf(12)}"`, seen, 100);
    noteMarks(`Paused: "${markOf(1)}" bench-7`, seen, 200);
    expect([...seen]).toEqual([
      ['bench-1.', 100],
      ['bench-12.', 100],
    ]);
  });

  it('give the delay of each that was seen', () => {
    const made: Marks = new Map([
      [markOf(1), 1000],
      [markOf(2), 2000],
      [markOf(3), 3000],
    ]);
    const seen: Marks = new Map([
      [markOf(1), 1250],
      [markOf(3), 3010],
    ]);
    expect(delays(made, seen)).toEqual([250, 10]);
  });
});
