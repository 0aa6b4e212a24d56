// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as delay } from 'node:timers/promises';
import { AzureDevOpsError, isConflict } from './AzureDevOpsError';

export interface EnsureOptions<T> {
  /** What is there already. */
  find(): Promise<T | undefined>;
  create(): Promise<T>;
  signal?: AbortSignal;
  /** Tries after a lost race or an uncertain answer. Default: 12. */
  attempts?: number;
  /** Longest pause after the first try, in milliseconds; it grows with each. Default: 150. */
  pauseMs?: number;
}

/**
 * Finds or creates, so that it can be repeated at any point: a lost race and an
 * answer that never came both lead back to looking.
 *
 * @returns the thing, and whether this call made it
 */
export async function ensure<T>(
  options: EnsureOptions<T>,
): Promise<{ value: T; created: boolean }> {
  const { find, create, signal, attempts = 12, pauseMs = 150 } = options;
  for (let attempt = 1; ; attempt += 1) {
    const found = await find();
    if (found !== undefined) {
      return { value: found, created: false };
    }
    try {
      return { value: await create(), created: true };
    } catch (error) {
      const isUncertain =
        error instanceof AzureDevOpsError && error.isUncertain;
      if (attempt >= attempts || !(isConflict(error) || isUncertain)) {
        throw error;
      }
      // Jitter, because those who lost together would lose together again.
      await delay(Math.random() * pauseMs * attempt, undefined, { signal });
    }
  }
}
