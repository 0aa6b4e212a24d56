// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterClient } from './ClusterClient';
import { ClusterError } from './ClusterError';
import { ObjectIndex } from './ObjectIndex';
import { map, text } from './projection/rawObject';
import { projectObject, type WatchedKind } from './projection/watchedKinds';
import type { WatchCounters } from './types';
import type { WatchTuning } from './WatchTuning';

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
export async function listObjects(options: {
  client: ClusterClient;
  path: string;
  cluster: string;
  watched: WatchedKind;
  tuning: WatchTuning;
  counters: WatchCounters;
  signal: AbortSignal;
  malformed(what: string): void;
}): Promise<{ index: ObjectIndex; version: string }> {
  const { client, path, cluster, watched, tuning, counters } = options;
  const index = new ObjectIndex();
  let token = '';
  let version = '';
  counters.lists++;
  do {
    const query = new URLSearchParams({ limit: String(tuning.pageSize) });
    if (token) {
      query.set('continue', token);
    }
    const page = map(
      await client.getJson({
        path: `${path}?${query}`,
        signal: options.signal,
        timeoutMs: tuning.listTimeoutMs,
      }),
    );
    counters.pages++;
    const metadata = map(page.metadata);
    version = text(metadata.resourceVersion) ?? '';
    if (version === '') {
      throw new ClusterError(200, 'a list without resourceVersion');
    }
    for (const raw of itemsOf(page, options.malformed)) {
      const object = projectObject(watched, cluster, raw);
      if (object) {
        index.put(object, text(map(map(raw).metadata).resourceVersion) ?? '');
      } else {
        options.malformed('an item without name or uid');
      }
    }
    const next = text(metadata.continue) ?? '';
    if (next !== '' && next === token) {
      throw new ClusterError(200, 'a list that goes on with the same page');
    }
    token = next;
  } while (token);
  return { index, version };
}

/** A server that has nothing may say null. */
function itemsOf(
  page: Record<string, unknown>,
  malformed: (what: string) => void,
): unknown[] {
  if (Array.isArray(page.items)) {
    return page.items;
  }
  malformed(
    `a page whose items are ${JSON.stringify(page.items)?.slice(0, 40)}`,
  );
  return [];
}
