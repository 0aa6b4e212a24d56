// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** Times and sizes of the watch loop, in milliseconds unless named otherwise. */
export interface WatchTuning {
  /** Objects in one page of a list. */
  pageSize: number;
  /** A page that is larger is asked for with fewer objects. */
  largestPageBytes: number;
  /** Requests that one cluster is asked to set up at the same time. */
  concurrency: number;
  connectTimeoutMs: number;
  /** For one whole page. */
  listTimeoutMs: number;
  /** Longer than the minute between two bookmarks. */
  inactivityMs: number;
  /** The server is asked to end a watch after at most this long. */
  watchSeconds: number;
  /** A watch that ends sooner and without a word is one that the server refuses to hold. */
  shortWatchMs: number;
  minBackoffMs: number;
  maxBackoffMs: number;
  /** How often a kind that is not served is looked for. */
  rediscoverMs: number;
  forbiddenRecheckMs: number;
  unauthorizedRecheckMs: number;
}

export const DEFAULT_TUNING: WatchTuning = {
  pageSize: 500,
  largestPageBytes: 64 * 1024 * 1024,
  concurrency: 4,
  connectTimeoutMs: 5000,
  listTimeoutMs: 15_000,
  inactivityMs: 90_000,
  watchSeconds: 540,
  shortWatchMs: 10_000,
  minBackoffMs: 1000,
  maxBackoffMs: 30_000,
  rediscoverMs: 600_000,
  forbiddenRecheckMs: 300_000,
  unauthorizedRecheckMs: 60_000,
};

const DURATIONS = {
  connectTimeout: 'connectTimeoutMs',
  listTimeout: 'listTimeoutMs',
  inactivity: 'inactivityMs',
  maxBackoff: 'maxBackoffMs',
  rediscover: 'rediscoverMs',
  forbiddenRecheck: 'forbiddenRecheckMs',
  unauthorizedRecheck: 'unauthorizedRecheckMs',
} as const satisfies Record<string, keyof WatchTuning>;

/**
 * `fairway.watch` over the defaults.
 *
 * @throws InputError that names the field when a value cannot work
 */
export function readWatchTuning(config: Config): WatchTuning {
  const watch = config.getOptionalConfig('fairway.watch');
  const tuning = { ...DEFAULT_TUNING };
  if (!watch) {
    return tuning;
  }
  const pageSize = watch.getOptionalNumber('pageSize');
  if (pageSize !== undefined) {
    if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 5000) {
      throw new InputError(
        `fairway.watch.pageSize is ${pageSize}: give a whole number from 1 to 5000`,
      );
    }
    tuning.pageSize = pageSize;
  }
  for (const [key, field] of Object.entries(DURATIONS)) {
    if (watch.has(key)) {
      const ms = durationToMilliseconds(readDurationFromConfig(watch, { key }));
      if (ms < 1) {
        throw new InputError(
          `fairway.watch.${key} has to be longer than nothing`,
        );
      }
      tuning[field] = ms;
    }
  }
  return tuning;
}
