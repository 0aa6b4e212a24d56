// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceStatus } from '@fairway/plugin-delivery-common';
import { commitsSource } from '@fairway/plugin-flux-common';
import { SourceError } from './SourceError';

const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 120_000;

/** What the whole host suffers from; the others are about one repository or question. */
const REST_AFTER: ReadonlyArray<SourceError['kind']> = [
  'unreachable',
  'rate-limited',
  'unauthorized',
];

/**
 * How one host does. After a failure it is left alone for a while that grows
 * with each further one: thousands of questions may wait for an answer, and one
 * of them is enough to find out that it is back.
 */
export class HostHealth {
  readonly #name: string;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #error?: SourceError;
  #failures = 0;
  #restUntil = 0;
  #answeredAt?: string;

  constructor(options: {
    name: string;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#name = options.name;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /** @throws SourceError while the host is left alone: its last one, with the rest that is left */
  check(): void {
    const left = this.#restUntil - this.#now();
    if (this.#error && left > 0) {
      const { kind, message } = this.#error;
      throw new SourceError(kind, message, left / 1000);
    }
  }

  answered(): void {
    if (this.#error) {
      this.#logger.info(`${this.#name} answers again`);
    }
    this.#error = undefined;
    this.#failures = 0;
    this.#restUntil = 0;
    this.#answeredAt = new Date(this.#now()).toISOString();
  }

  failed(error: SourceError): void {
    const first = this.#error?.kind !== error.kind;
    this.#error = error;
    if (REST_AFTER.includes(error.kind)) {
      this.#failures += 1;
      const rest = Math.max(
        (error.retryAfterSeconds ?? 0) * 1000,
        Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (this.#failures - 1)),
      );
      this.#restUntil = this.#now() + rest;
    }
    if (first) {
      this.#logger.warn(
        `${this.#name}: ${
          error.message
        }; commits stay unknown until it answers`,
      );
    }
  }

  /** Undefined when nothing is wrong. */
  status(): SourceStatus | undefined {
    return this.#error && commitsSource(this.#error.kind, this.#answeredAt);
  }
}
