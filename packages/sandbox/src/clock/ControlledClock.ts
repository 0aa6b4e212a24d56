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
  #waits: Wait[] = [];

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
    this.#waits.push(wait);
    return {
      cancel: () => {
        this.#waits = this.#waits.filter(other => other !== wait);
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
    const first = this.#first();
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
      const first = this.#first();
      if (!first || first.at > end) {
        break;
      }
      this.#waits = this.#waits.filter(wait => wait !== first);
      this.#now = Math.max(this.#now, first.at);
      first.action();
      await settle();
    }
    this.#now = end;
  }

  #first(): Wait | undefined {
    return [...this.#waits].sort((a, b) => a.at - b.at || a.order - b.order)[0];
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
