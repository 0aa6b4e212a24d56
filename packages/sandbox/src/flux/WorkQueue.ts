// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from '../clock';

/** When a key whose handler threw is tried again, in simulated milliseconds. */
const RETRY_MS = 10_000;

/** Handles one key; resolves to the simulated milliseconds after which it wants to run again. */
export type Handler = (key: string) => Promise<number | undefined>;

/**
 * A controller's queue: a key runs at most once at a time, a key that is added
 * while it runs runs again afterwards, and one pending time per key is kept
 * (the earliest). At rest it holds timers and nothing else.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #handler: Handler;
  readonly #onError: (key: string, error: unknown) => void;
  readonly #concurrency: number;
  readonly #ready = new Set<string>();
  readonly #running = new Set<string>();
  readonly #again = new Set<string>();
  readonly #timers = new Map<string, { timer: Timer; order: number }>();
  #order = 0;
  #scheduled = false;
  #stopped = false;

  private constructor(options: {
    clock: Clock;
    handler: Handler;
    onError: (key: string, error: unknown) => void;
    concurrency: number;
  }) {
    this.#clock = options.clock;
    this.#handler = options.handler;
    this.#onError = options.onError;
    this.#concurrency = options.concurrency;
  }

  static create(options: {
    clock: Clock;
    handler: Handler;
    onError: (key: string, error: unknown) => void;
    concurrency: number;
  }): WorkQueue {
    return new WorkQueue(options);
  }

  add(key: string): void {
    if (this.#stopped) {
      return;
    }
    this.#cancel(key);
    if (this.#running.has(key)) {
      this.#again.add(key);
      return;
    }
    this.#ready.add(key);
    this.#pump();
  }

  addAfter(key: string, ms: number): void {
    if (this.#stopped || this.#ready.has(key)) {
      return;
    }
    this.#cancel(key);
    const order = this.#order++;
    const timer = this.#clock.after(ms, () => {
      if (this.#timers.get(key)?.order === order) {
        this.#timers.delete(key);
        this.add(key);
      }
    });
    this.#timers.set(key, { timer, order });
  }

  /** Drops whatever is planned for a key that no longer exists. */
  forget(key: string): void {
    this.#cancel(key);
    this.#ready.delete(key);
    this.#again.delete(key);
  }

  stop(): void {
    this.#stopped = true;
    for (const key of [...this.#timers.keys()]) {
      this.#cancel(key);
    }
    this.#ready.clear();
    this.#again.clear();
  }

  #cancel(key: string): void {
    this.#timers.get(key)?.timer.cancel();
    this.#timers.delete(key);
  }

  /** Work starts after the present call stack: a write's listener never runs a reconciliation inside the write. */
  #pump(): void {
    if (this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      for (const key of this.#ready) {
        if (this.#running.size >= this.#concurrency || this.#stopped) {
          return;
        }
        this.#ready.delete(key);
        this.#run(key);
      }
    });
  }

  #run(key: string): void {
    this.#running.add(key);
    let delay: number | undefined;
    this.#handler(key)
      .then(result => {
        delay = result;
      })
      .catch(error => {
        this.#onError(key, error);
        delay = RETRY_MS;
      })
      .finally(() => {
        this.#running.delete(key);
        if (this.#again.delete(key)) {
          this.add(key);
        } else if (delay !== undefined) {
          this.addAfter(key, delay);
        }
        if (this.#ready.size > 0) {
          this.#pump();
        }
      });
  }
}
