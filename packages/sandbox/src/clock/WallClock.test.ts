// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { WallClock } from './WallClock';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('divides waits by the speed, also those that wait already, and tells the real time', () => {
  const clock = new WallClock();
  const seen: string[] = [];
  clock.after(60_000, () => seen.push('a minute'));
  clock.after(600_000, () => seen.push('ten minutes'));
  clock.after(1000, () => seen.push('cancelled')).cancel();
  jest.advanceTimersByTime(30_000);
  clock.setSpeed(30);
  jest.advanceTimersByTime(999);
  expect(seen).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(seen).toEqual(['a minute']);
  // 540 s are left, of which 300 pass at 30 and the rest at 2.
  jest.advanceTimersByTime(10_000);
  clock.setSpeed(2);
  jest.advanceTimersByTime(119_999);
  expect(seen).toEqual(['a minute']);
  jest.advanceTimersByTime(1);
  expect(seen).toEqual(['a minute', 'ten minutes']);
  expect([clock.speed(), clock.now()]).toEqual([2, new Date()]);
});

it('waits longer than a timer of Node can', () => {
  const clock = new WallClock();
  const action = jest.fn();
  const days = 86_400_000;
  clock.after(31 * days, action);
  jest.advanceTimersByTime(31 * days - 1);
  expect(action).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(action).toHaveBeenCalledTimes(1);
});

it('forgets what waits when it stops', () => {
  const clock = new WallClock();
  const action = jest.fn();
  clock.after(1000, action);
  clock.stop();
  jest.advanceTimersByTime(2000);
  expect(action).not.toHaveBeenCalled();
});

it.each([0, -1, 1001, NaN, Infinity])('refuses a speed of %p', speed => {
  expect(() => new WallClock(speed)).toThrow(
    `speed must be above 0 and at most 1000, got ${speed}`,
  );
  expect(() => new WallClock().setSpeed(speed)).toThrow(RangeError);
});
