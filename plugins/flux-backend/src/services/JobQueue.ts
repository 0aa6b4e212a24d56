// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import { SourceError } from '../sources/SourceError';

const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 600_000;

/** One piece of work, known by its key. */
export type Job = () => Promise<void>;

interface Entry {
  job: Job;
  failures: number;
  state: 'queued' | 'running' | 'again' | 'waiting';
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Runs jobs, a few at a time and never two of one key at once. A key that is
 * already there is not added again, so the queue is no longer than there are
 * keys. What fails is tried again with growing pauses, for as long as it takes.
 */
export class JobQueue {
  readonly #logger: LoggerService;
  readonly #concurrency: number;
  readonly #entries = new Map<string, Entry>();
  readonly #queue: string[] = [];
  readonly #idle: Array<() => void> = [];
  #running = 0;
  #closed = false;

  private constructor(logger: LoggerService, concurrency: number) {
    this.#logger = logger;
    this.#concurrency = concurrency;
  }

  static create(options: {
    logger: LoggerService;
    concurrency?: number;
  }): JobQueue {
    return new JobQueue(options.logger, options.concurrency ?? 2);
  }

  /** Runs `job` soon; once more when one of the same key runs now. */
  add(key: string, job: Job): void {
    if (this.#closed) {
      return;
    }
    const entry = this.#entries.get(key);
    if (!entry) {
      this.#entries.set(key, { job, failures: 0, state: 'queued' });
      this.#queue.push(key);
      this.#next();
      return;
    }
    entry.job = job;
    // One that waits after a failure keeps waiting: news do not hurry a host that is down.
    if (entry.state === 'running') {
      entry.state = 'again';
    }
  }

  /** Resolves when nothing is queued or runs; what waits to be tried again does not count. */
  async idle(): Promise<void> {
    if (this.#running > 0 || this.#queue.length > 0) {
      await new Promise<void>(resolve => this.#idle.push(resolve));
    }
  }

  close(): void {
    this.#closed = true;
    for (const { timer } of this.#entries.values()) {
      clearTimeout(timer);
    }
    this.#queue.length = 0;
    this.#entries.clear();
  }

  #next(): void {
    while (this.#running < this.#concurrency && this.#queue.length > 0) {
      const key = this.#queue.shift()!;
      const entry = this.#entries.get(key)!;
      entry.state = 'running';
      this.#running += 1;
      this.#run(key, entry);
    }
    if (this.#running === 0 && this.#queue.length === 0) {
      this.#idle.splice(0).forEach(resolve => resolve());
    }
  }

  async #run(key: string, entry: Entry): Promise<void> {
    try {
      await entry.job();
      entry.failures = 0;
      if (entry.state === 'again') {
        this.#requeue(key, entry);
      } else {
        this.#entries.delete(key);
      }
    } catch (error) {
      this.#retry(key, entry, error);
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  #retry(key: string, entry: Entry, error: unknown): void {
    if (this.#closed) {
      return;
    }
    entry.failures += 1;
    const asked =
      error instanceof SourceError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const pause = Math.max(
      asked,
      Math.min(
        LONGEST_BACKOFF_MS,
        FIRST_BACKOFF_MS * 2 ** (entry.failures - 1),
      ),
    );
    const message = `${key} failed and is tried again in ${Math.round(
      pause / 1000,
    )} s: ${error instanceof Error ? error.message : error}`;
    if (entry.failures === 1) {
      this.#logger.warn(message);
    } else {
      this.#logger.debug(message);
    }
    entry.state = 'waiting';
    entry.timer = setTimeout(() => {
      this.#requeue(key, entry);
      this.#next();
    }, pause);
    entry.timer.unref();
  }

  #requeue(key: string, entry: Entry): void {
    if (!this.#closed) {
      entry.state = 'queued';
      this.#queue.push(key);
    }
  }
}
