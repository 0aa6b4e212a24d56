// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from '../clock';

/** A clock whose waits all end, without anything happening, when their user stops. */
export class StoppableClock implements Clock {
  readonly #clock: Clock;
  readonly #timers = new Set<Timer>();
  #stopped = false;

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  static create(clock: Clock): StoppableClock {
    return new StoppableClock(clock);
  }

  now(): Date {
    return this.#clock.now();
  }

  after(ms: number, action: () => void): Timer {
    if (this.#stopped) {
      return { cancel: () => {} };
    }
    const timer = this.#clock.after(ms, () => {
      this.#timers.delete(timer);
      action();
    });
    this.#timers.add(timer);
    return {
      cancel: () => {
        this.#timers.delete(timer);
        timer.cancel();
      },
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      this.after(ms, resolve);
    });
  }

  speed(): number {
    return this.#clock.speed();
  }

  setSpeed(factor: number): void {
    this.#clock.setSpeed(factor);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) {
      timer.cancel();
    }
    this.#timers.clear();
  }
}
