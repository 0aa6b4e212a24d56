// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** An answer of a cluster that is no success, with what the cluster asked for. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';

  /** @param status - of HTTP, or the code of an ERROR event; 0 when there is none */
  constructor(
    readonly status: number,
    message: string,
    readonly options: {
      retryAfterMs?: number;
      inStream?: boolean;
      /** The answer was longer than we read. */
      tooLarge?: boolean;
    } = {},
  ) {
    super(message);
  }
}

/** A watch in which nothing was heard for too long, not even a bookmark. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';

  constructor(ms: number) {
    super(`nothing was heard for ${Math.round(ms / 1000)} s`);
  }
}
