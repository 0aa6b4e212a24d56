// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from '../../clock';
import { ApiError } from '../ApiError';
import { isCustom } from '../kinds/names';
import type { ResourceKind } from '../types';

/** Recorded: 0.2 to 1.2 s after the first answer custom resources were served, a second later without 429. */
const UNKNOWN_PATHS_MS = 1200;
const INITIALIZING_MS = 1000;
const AWAY_MS = 8000;

/**
 * A restart of the API server as recorded: first nobody listens; then built-in
 * kinds are served, while those of definitions answer 503 and then 429; and no
 * version that a client knows can be resumed.
 */
export class Restart {
  #phase: 'away' | 'unknown-paths' | 'initializing' = 'away';
  #timer: Timer;

  constructor(
    clock: Clock,
    options: {
      awayMs?: number;
      /** The new process is there: it knows nothing of the past. */
      onBack(): void;
      onEnd(): void;
    },
  ) {
    this.#timer = clock.after(options.awayMs ?? AWAY_MS, () => {
      this.#phase = 'unknown-paths';
      options.onBack();
      this.#timer = clock.after(UNKNOWN_PATHS_MS, () => {
        this.#phase = 'initializing';
        this.#timer = clock.after(INITIALIZING_MS, () => options.onEnd());
      });
    });
  }

  get isAway(): boolean {
    return this.#phase === 'away';
  }

  /** @throws ApiError 503 or 429 for what is not served yet */
  check(kind: ResourceKind | undefined): void {
    if (!kind || !isCustom(kind)) {
      return;
    }
    throw this.#phase === 'initializing'
      ? new ApiError(429, 'TooManyRequests', 'storage is (re)initializing', {
          retryAfterSeconds: 1,
        })
      : new ApiError(
          503,
          'ServiceUnavailable',
          'the request has been made before all known HTTP paths have been installed, please try again',
          { retryAfterSeconds: 5 },
        );
  }

  cancel(): void {
    this.#timer.cancel();
  }
}
