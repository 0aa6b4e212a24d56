// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterClient } from './ClusterClient';
import { ClusterError, SilenceError } from './ClusterError';
import { map, text } from './projection/rawObject';
import { readEvents } from './readEvents';
import type { WatchCounters } from './types';
import type { WatchTuning } from './WatchTuning';

/** Where a watch is: kept when it ends, so that the next one goes on from there. */
export interface WatchPlace {
  version: string;
  /** Events and bookmarks of the watch that runs or ran last. */
  heard: number;
}

/** A watch ends this long before its token, so that none is open without one. */
const BEFORE_TOKEN_ENDS_MS = 60_000;

/**
 * Follows the changes of a kind until the server ends the stream, which is no
 * error.
 *
 * Source: kubernetes.io/docs/reference/using-api/api-concepts, "Efficient
 * detection of changes" and "Watch bookmarks".
 *
 * @throws ClusterError 410 when the server no longer remembers the place
 * @throws SilenceError when not even a bookmark came; a watch from a version that
 * the server has not reached yet looks like that
 */
export async function watchObjects(options: {
  client: ClusterClient;
  path: string;
  place: WatchPlace;
  tuning: WatchTuning;
  counters: WatchCounters;
  signal: AbortSignal;
  /** The server accepted the watch, or said something in it. */
  heard(): void;
  take(type: string, object: Record<string, unknown>): void;
  malformed(what: string): void;
}): Promise<void> {
  const { client, path, place, tuning, counters, signal } = options;
  const query = new URLSearchParams({
    watch: '1',
    allowWatchBookmarks: 'true',
    resourceVersion: place.version,
    // Not all at once: eight kinds of each cluster would come back together.
    timeoutSeconds: String(
      Math.ceil(tuning.watchSeconds * (0.5 + Math.random() / 2)),
    ),
  });
  counters.watches++;
  place.heard = 0;
  const { body, tokenEndsAt } = await client.open({
    path: `${path}?${query}`,
    signal,
    timeoutMs: tuning.connectTimeoutMs,
  });
  options.heard();
  let renewing = false;
  const renewal =
    tokenEndsAt &&
    renewalOf(tokenEndsAt, () => {
      renewing = true;
      body.destroy();
    });
  let silence = silenceOf(body, tuning.inactivityMs);
  try {
    for await (const event of readEvents(body, options.malformed)) {
      clearTimeout(silence);
      silence = silenceOf(body, tuning.inactivityMs);
      if (event.type === 'ERROR') {
        throw errorIn(event.object);
      }
      place.heard++;
      options.heard();
      if (event.type === 'BOOKMARK') {
        counters.bookmarks++;
      } else {
        counters.events++;
        options.take(event.type, event.object);
      }
      place.version =
        text(map(event.object.metadata).resourceVersion) ?? place.version;
    }
  } catch (error) {
    if (!renewing) {
      throw error;
    }
  } finally {
    clearTimeout(silence);
    clearTimeout(renewal);
    body.destroy();
  }
}

function silenceOf(
  body: { destroy(error: Error): void },
  ms: number,
): NodeJS.Timeout {
  return setTimeout(() => body.destroy(new SilenceError(ms)), ms);
}

/** Nothing for a token that ends too soon: then two clocks differ, and the cluster says when it has ended. */
function renewalOf(
  tokenEndsAt: Date,
  renew: () => void,
): NodeJS.Timeout | undefined {
  const ms = tokenEndsAt.getTime() - Date.now() - BEFORE_TOKEN_ENDS_MS;
  // Longer than a timer can be is longer than a watch lasts.
  return ms > 0 ? setTimeout(renew, Math.min(ms, 2 ** 31 - 1)) : undefined;
}

function errorIn(status: Record<string, unknown>): ClusterError {
  return new ClusterError(
    typeof status.code === 'number' ? status.code : 0,
    text(status.message) ?? 'an ERROR event without a message',
    { inStream: true },
  );
}
