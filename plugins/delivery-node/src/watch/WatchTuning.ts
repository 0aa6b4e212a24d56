// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Times and sizes of the watch loop, in milliseconds unless named otherwise. */
export interface WatchTuning {
  pageSize: number;
  connectTimeoutMs: number;
  listTimeoutMs: number;
  /** Longer than the minute between two bookmarks. */
  inactivityMs: number;
  watchSeconds: number;
  minBackoffMs: number;
  maxBackoffMs: number;
  rediscoverMs: number;
  forbiddenRecheckMs: number;
}

export const DEFAULT_TUNING: WatchTuning = {
  pageSize: 500,
  connectTimeoutMs: 5000,
  listTimeoutMs: 15_000,
  inactivityMs: 90_000,
  watchSeconds: 540,
  minBackoffMs: 1000,
  maxBackoffMs: 30_000,
  rediscoverMs: 600_000,
  forbiddenRecheckMs: 300_000,
};
