// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from './Clock';

/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Wait {
  /** Simulated milliseconds that are left at `since`. */
  left: number;
  /** Of `performance.now()`: the machine's clock may jump. */
  since: number;
  action: () => void;
  handle?: NodeJS.Timeout;
}

/** Real time, with waits divided by a speed factor. */
export class WallClock implements Clock {
  #speed: number;
  readonly #waits = new Set<Wait>();

  constructor(speed = 1) {
    this.#speed = checked(speed);
  }

  now(): Date {
    return new Date();
  }

  after(ms: number, action: () => void): Timer {
    const wait: Wait = { left: ms, since: performance.now(), action };
    this.#waits.add(wait);
    this.#arm(wait);
    return { cancel: () => this.#drop(wait) };
  }

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      this.after(ms, resolve);
    });
  }

  speed(): number {
    return this.#speed;
  }

  /** Also for what waits already: who asks for speed does not mean in ten minutes. */
  setSpeed(factor: number): void {
    const speed = checked(factor);
    for (const wait of this.#waits) {
      this.#pass(wait);
    }
    this.#speed = speed;
    for (const wait of this.#waits) {
      clearTimeout(wait.handle);
      this.#arm(wait);
    }
  }

  /** Cancels all that still waits, so that a stopped sandbox leaves no timer. */
  stop(): void {
    for (const wait of this.#waits) {
      this.#drop(wait);
    }
  }

  #arm(wait: Wait): void {
    const ms = Math.max(0, wait.left / this.#speed);
    wait.handle = setTimeout(() => {
      if (ms > LONGEST_TIMER_MS) {
        this.#pass(wait);
        this.#arm(wait);
        return;
      }
      this.#waits.delete(wait);
      wait.action();
    }, Math.min(ms, LONGEST_TIMER_MS));
  }

  #pass(wait: Wait): void {
    const now = performance.now();
    wait.left -= (now - wait.since) * this.#speed;
    wait.since = now;
  }

  #drop(wait: Wait): void {
    clearTimeout(wait.handle);
    this.#waits.delete(wait);
  }
}

function checked(factor: number): number {
  if (!Number.isFinite(factor) || factor <= 0 || factor > 1000) {
    throw new RangeError(
      `speed must be above 0 and at most 1000, got ${factor}`,
    );
  }
  return factor;
}
