// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as wait } from 'node:timers/promises';

/** Lets a few requests to one cluster through at a time, and none while the cluster has asked for rest. */
export class RequestGate {
  #free: number;
  #restsUntil = 0;
  readonly #waiting = new Set<() => void>();

  constructor(concurrency: number) {
    this.#free = concurrency;
  }

  /** Nothing goes through for this long. */
  rest(ms: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, Date.now() + ms);
  }

  /**
   * Waits for a place, does the work, and gives the place to the next.
   *
   * @throws the signal's reason when it is aborted while waiting
   */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      for (
        let ms = this.#restsUntil - Date.now();
        ms > 0;
        ms = this.#restsUntil - Date.now()
      ) {
        await wait(ms, undefined, { signal });
      }
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next) {
        this.#waiting.delete(next);
        next();
      } else {
        this.#free++;
      }
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    let enter = () => {};
    let leave = () => {};
    const entered = new Promise<void>((resolve, reject) => {
      enter = resolve;
      leave = () => reject(signal.reason);
    });
    this.#waiting.add(enter);
    signal.addEventListener('abort', leave, { once: true });
    try {
      await entered;
    } finally {
      this.#waiting.delete(enter);
      signal.removeEventListener('abort', leave);
    }
  }
}
