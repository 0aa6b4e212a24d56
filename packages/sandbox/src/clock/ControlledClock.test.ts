// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from './ControlledClock';

const start = new Date('2026-11-20T09:00:00Z');

it('runs waits at their instants, in the order in which they were asked for, and none that was cancelled', async () => {
  const clock = new ControlledClock(start);
  const seen: string[] = [];
  const note = (name: string) => () =>
    seen.push(`${name} ${clock.now().getTime() - start.getTime()}`);
  clock.after(200, note('c'));
  clock.after(100, note('a'));
  const cancelled = clock.after(100, note('never'));
  clock.after(100, () => {
    note('b')();
    clock.after(50, note('nested'));
    clock.after(-5, note('at once'));
  });
  clock.after(300, note('later'));
  cancelled.cancel();
  cancelled.cancel();
  expect(clock.next()).toEqual(new Date(start.getTime() + 100));
  await clock.advance(250);
  expect(seen).toEqual([
    'a 100',
    'b 100',
    'at once 100',
    'nested 150',
    'c 200',
  ]);
  expect(clock.now()).toEqual(new Date(start.getTime() + 250));
  await clock.advance(50);
  expect(seen.at(-1)).toBe('later 300');
  expect(clock.next()).toBeUndefined();
});

it('lets what a wait awaits go on before the next', async () => {
  const clock = new ControlledClock(start);
  const seen: number[] = [];
  const loop = async () => {
    for (let round = 0; round < 3; round++) {
      await clock.sleep(1000);
      seen.push(clock.now().getTime() - start.getTime());
    }
  };
  const done = loop();
  await clock.advance(3000);
  await done;
  expect(seen).toEqual([1000, 2000, 3000]);
});
