// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterClient } from './ClusterClient';
import { ClusterError } from './ClusterError';
import { ObjectIndex } from './ObjectIndex';
import { map, text } from './projection/rawObject';
import { projectObject, type WatchedKind } from './projection/watchedKinds';
import type { WatchCounters } from './types';
import type { WatchTuning } from './WatchTuning';

interface ListOptions {
  client: ClusterClient;
  path: string;
  cluster: string;
  watched: WatchedKind;
  tuning: WatchTuning;
  counters: WatchCounters;
  signal: AbortSignal;
  malformed(what: string): void;
}

/**
 * Reads all objects of a kind, page by page: of each page only the projections
 * are kept before the next one is asked for.
 *
 * Source: kubernetes.io/docs/reference/using-api/api-concepts, "Retrieving large
 * results sets in chunks".
 *
 * @returns the objects, and the version from which to watch
 * @throws ClusterError 410 when the list took longer than the server remembers
 */
export async function listObjects(options: ListOptions): Promise<{
  index: ObjectIndex;
  version: string;
}> {
  const { cluster, watched, counters, malformed } = options;
  const index = new ObjectIndex();
  let token = '';
  let version = '';
  let limit = options.tuning.pageSize;
  counters.lists++;
  do {
    const page = await readPage(options, limit, token);
    counters.pages++;
    limit = page.limit;
    version = page.version;
    for (const raw of page.items) {
      const object = projectObject(watched, cluster, raw);
      if (object) {
        index.put(object, text(map(map(raw).metadata).resourceVersion) ?? '');
      } else {
        malformed('an item without name or uid');
      }
    }
    if (page.next !== '' && page.next === token) {
      throw new ClusterError(200, 'a list that goes on with the same page');
    }
    token = page.next;
  } while (token);
  return { index, version };
}

interface Page {
  items: unknown[];
  version: string;
  /** Token of the page that follows; empty after the last. */
  next: string;
  /** How many objects a page can hold here. */
  limit: number;
}

/** Objects may be of more than a megabyte each: a page that is too large is asked for again in smaller parts. */
async function readPage(
  options: ListOptions,
  limit: number,
  token: string,
): Promise<Page> {
  const { client, path, tuning, signal } = options;
  const query = new URLSearchParams({ limit: String(limit) });
  if (token) {
    query.set('continue', token);
  }
  try {
    const page = map(
      await client.getJson({
        path: `${path}?${query}`,
        signal,
        timeoutMs: tuning.listTimeoutMs,
      }),
    );
    const metadata = map(page.metadata);
    const version = text(metadata.resourceVersion);
    if (!version) {
      throw new ClusterError(200, 'a list without resourceVersion');
    }
    return {
      items: itemsOf(page),
      version,
      next: text(metadata.continue) ?? '',
      limit,
    };
  } catch (error) {
    const tooLarge = error instanceof ClusterError && error.options.tooLarge;
    if (!tooLarge || limit === 1) {
      throw error;
    }
    return readPage(options, Math.ceil(limit / 4), token);
  }
}

/** A server that has nothing may say null. Anything else is no list, and must not empty what is kept. */
function itemsOf({ items }: Record<string, unknown>): unknown[] {
  if (items === null) {
    return [];
  }
  if (!Array.isArray(items)) {
    throw new ClusterError(200, 'a list without items');
  }
  return items;
}
