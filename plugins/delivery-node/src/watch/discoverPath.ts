// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterClient } from './ClusterClient';
import { ClusterError } from './ClusterError';
import type { WatchedKind } from './projection/watchedKinds';

/**
 * Where a cluster serves a kind, in the best version that both sides know.
 * Source: kubernetes.io/docs/concepts/overview/kubernetes-api, "Discovery API".
 *
 * @returns undefined when the cluster does not serve it; an unknown group is a plain 404, not a Status
 */
export async function discoverPath(options: {
  client: ClusterClient;
  watched: Pick<WatchedKind, 'group' | 'plural' | 'versions'>;
  signal: AbortSignal;
  timeoutMs: number;
}): Promise<string | undefined> {
  const { client, watched, signal, timeoutMs } = options;
  const { group, plural, versions } = watched;
  if (group === '') {
    return `/api/${versions[0]}/${plural}`;
  }
  try {
    const answer = (await client.getJson({
      path: `/apis/${group}`,
      signal,
      timeoutMs,
    })) as { versions?: unknown } | null;
    const served = Array.isArray(answer?.versions) ? answer.versions : [];
    const version = versions.find(known =>
      served.some(each => each?.version === known),
    );
    return version && `/apis/${group}/${version}/${plural}`;
  } catch (error) {
    if (error instanceof ClusterError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}
