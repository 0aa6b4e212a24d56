// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from './Clock';

/** Real time, with waits divided by a speed factor. */
export class WallClock implements Clock {
  #speed: number;
  readonly #pending = new Set<NodeJS.Timeout>();

  constructor(speed = 1) {
    this.#speed = checked(speed);
  }

  now(): Date {
    return new Date();
  }

  after(ms: number, action: () => void): Timer {
    const handle = setTimeout(() => {
      this.#pending.delete(handle);
      action();
    }, ms / this.#speed);
    this.#pending.add(handle);
    return {
      cancel: () => {
        clearTimeout(handle);
        this.#pending.delete(handle);
      },
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      this.after(ms, resolve);
    });
  }

  speed(): number {
    return this.#speed;
  }

  setSpeed(factor: number): void {
    this.#speed = checked(factor);
  }

  /** Cancels all that still waits, so that a stopped sandbox leaves no timer. */
  stop(): void {
    for (const handle of this.#pending) {
      clearTimeout(handle);
    }
    this.#pending.clear();
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
