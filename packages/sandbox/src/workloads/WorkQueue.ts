// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from '../clock';

/** Keys to look at again, each at most once at a time and never two at once: the shape of every controller. */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #work: (key: string) => void;
  readonly #waiting = new Map<string, { at: number; timer: Timer }>();
  #stopped = false;

  constructor(clock: Clock, work: (key: string) => void) {
    this.#clock = clock;
    this.#work = work;
  }

  /** Looks at `key` after `ms` simulated milliseconds; an earlier appointment wins. */
  add(key: string, ms = 0): void {
    if (this.#stopped) {
      return;
    }
    const at = this.#clock.now().getTime() + ms / this.#clock.speed();
    const known = this.#waiting.get(key);
    if (known) {
      if (known.at <= at) {
        return;
      }
      known.timer.cancel();
    }
    const timer = this.#clock.after(ms, () => {
      this.#waiting.delete(key);
      this.#work(key);
    });
    this.#waiting.set(key, { at, timer });
  }

  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#waiting.values()) {
      timer.cancel();
    }
    this.#waiting.clear();
  }
}
