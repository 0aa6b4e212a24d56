// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from './Clock';

interface Wait {
  at: number;
  order: number;
  action: () => void;
}

/** A clock that stands still until a test moves it. */
export class ControlledClock implements Clock {
  #now: number;
  #order = 0;
  /** By instant and order, the next one last. */
  readonly #waits: Wait[] = [];

  constructor(start: Date | string = '2026-11-20T09:00:00Z') {
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  after(ms: number, action: () => void): Timer {
    const wait: Wait = {
      at: this.#now + Math.max(0, ms),
      order: this.#order++,
      action,
    };
    this.#waits.splice(this.#placeOf(wait), 0, wait);
    return {
      cancel: () => {
        const place = this.#placeOf(wait);
        if (this.#waits[place] === wait) {
          this.#waits.splice(place, 1);
        }
      },
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      this.after(ms, resolve);
    });
  }

  speed(): number {
    return 1;
  }

  setSpeed(): void {
    // Speed has no meaning where a test moves time itself.
  }

  /** The instant of the next wait, if anything waits. */
  next(): Date | undefined {
    const first = this.#waits.at(-1);
    return first && new Date(first.at);
  }

  /**
   * Moves time forward by `ms`, running each due wait at its own instant and
   * letting promises settle after each one.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const first = this.#waits.at(-1);
      if (!first || first.at > end) {
        break;
      }
      this.#waits.pop();
      this.#now = Math.max(this.#now, first.at);
      first.action();
      await settle();
    }
    this.#now = end;
  }

  /** Where a wait stands, or would stand: a world of thousands of pods has as many waits. */
  #placeOf({ at, order }: Wait): number {
    let low = 0;
    let high = this.#waits.length;
    while (low < high) {
      const middle = (low + high) >> 1; // eslint-disable-line no-bitwise -- integer division
      const other = this.#waits[middle];
      if (other.at > at || (other.at === at && other.order > order)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Lets chained promises and I/O callbacks that are already due run. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await new Promise<void>(resolve => {
      setImmediate(resolve);
    });
  }
}
