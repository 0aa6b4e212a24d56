// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import { SourceError } from '../sources/SourceError';

const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 600_000;

/** One piece of work, known by its key. A number is the pause in milliseconds after which it wants to run again. */
export type Job = () => Promise<number | void>;

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
    // One that waits keeps waiting: news do not hurry a host that is down.
    if (entry.state === 'running') {
      entry.state = 'again';
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
      void this.#run(key, entry);
    }
  }

  async #run(key: string, entry: Entry): Promise<void> {
    try {
      const again = await entry.job();
      entry.failures = 0;
      if (entry.state === 'again') {
        this.#requeue(key, entry);
      } else if (typeof again === 'number') {
        this.#wait(key, entry, again);
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
    const pause = pauseAfter(error, entry.failures);
    const message = `${key} failed and is tried again in ${Math.round(
      pause / 1000,
    )} s: ${error instanceof Error ? error.message : error}`;
    // That a host is away is said once, by what knows the host.
    if (entry.failures === 1 && !(error instanceof SourceError)) {
      this.#logger.warn(message);
    } else {
      this.#logger.debug(message);
    }
    this.#wait(key, entry, pause);
  }

  #wait(key: string, entry: Entry, ms: number): void {
    if (this.#closed) {
      return;
    }
    entry.state = 'waiting';
    entry.timer = setTimeout(() => {
      this.#requeue(key, entry);
      this.#next();
    }, ms);
    entry.timer.unref();
  }

  #requeue(key: string, entry: Entry): void {
    if (!this.#closed) {
      entry.state = 'queued';
      this.#queue.push(key);
    }
  }
}

/** A host that says when it may be asked again is believed; a little later, so that not all ask at once. */
function pauseAfter(error: unknown, failures: number): number {
  const asked =
    error instanceof SourceError ? error.retryAfterSeconds : undefined;
  return asked === undefined
    ? Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1))
    : asked * 1000 * (1 + Math.random() / 10);
}
