// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  worstSource,
  type SourceStatus,
} from '@fairway/plugin-delivery-common';
import type { ProjectedKind, WatchCache } from '@fairway/plugin-delivery-node';

/** What the page is made of. */
const KINDS: ProjectedKind[] = [
  'Kustomization',
  'Deployment',
  'ReplicaSet',
  'Pod',
];

/**
 * One state for what several kinds of a cluster give together: theirs when they
 * agree, `partial` when only some are current, with the reason of the worst; as
 * old as the oldest.
 */
export async function combineSources(
  watch: WatchCache,
  cluster: string,
): Promise<SourceStatus> {
  const statuses = await Promise.all(
    KINDS.map(kind => watch.status(cluster, kind)),
  );
  const worst = worstSource(statuses) ?? { state: 'not-collected' as const };
  const asOf = statuses
    .flatMap(status => status.asOf ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  const some = statuses.some(({ state }) => state === 'current');
  return {
    ...worst,
    state: some && worst.state !== 'current' ? 'partial' : worst.state,
    ...(asOf ? { asOf } : {}),
  };
}
