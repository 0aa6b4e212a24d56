// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  worstSource,
  type SourceStatus,
} from '@fairway/plugin-delivery-common';
import type { ProjectedKind, WatchCache } from '@fairway/plugin-delivery-node';

/** What the page is made of, beside the Flux objects. */
const KINDS: ProjectedKind[] = ['Deployment', 'ReplicaSet', 'Pod'];

/** What is known of a cluster as a source. */
export interface ClusterSource {
  /** Of all that the page is made of. */
  source: SourceStatus;
  /** Of the Flux objects alone. */
  fluxSource: SourceStatus;
}

/**
 * One state for what several kinds of a cluster give together: theirs when they
 * agree, `partial` when only some are current, with the reason of the worst; as
 * old as the oldest. A cluster whose workloads are read and which has no Flux
 * is `not-installed`: nothing is wrong with the rest.
 */
export async function combineSources(
  watch: WatchCache,
  cluster: string,
): Promise<ClusterSource> {
  const [fluxSource, ...others] = await Promise.all([
    watch.status(cluster, 'Kustomization'),
    ...KINDS.map(kind => watch.status(cluster, kind)),
  ]);
  const statuses = [fluxSource, ...others];
  const worst = worstSource(statuses) ?? fluxSource;
  const asOf = statuses
    .flatMap(status => status.asOf ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  const isPartial =
    worst.state !== 'current' &&
    worst.state !== 'not-installed' &&
    statuses.some(({ state }) => state === 'current');
  return {
    source: {
      ...worst,
      state: isPartial ? 'partial' : worst.state,
      ...(asOf ? { asOf } : {}),
    },
    fluxSource,
  };
}
