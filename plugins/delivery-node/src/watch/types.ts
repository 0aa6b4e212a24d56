// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { ProjectedKind, Projections } from './projections';

/** Which objects to give. All that is named must match. @public */
export interface WatchQuery {
  cluster?: string;
  namespace?: string;
  name?: string;
  /** One label, served from an index. */
  label?: { key: string; value: string };
  ownerUid?: string;
}

/** @public */
export interface WatchChange {
  type: 'added' | 'modified' | 'deleted' | 'reset' | 'status';
  cluster: string;
  /** Absent for `status` of a whole cluster. */
  kind?: ProjectedKind;
  namespace?: string;
  name?: string;
}

/** Counters since the process began, per cluster. @public */
export interface WatchCounters {
  lists: number;
  pages: number;
  watches: number;
  events: number;
  bookmarks: number;
  relists: number;
  malformed: number;
  errors: Record<string, number>;
}

/**
 * Live objects of all clusters, kept by paged lists and watches; one per
 * process, shared by all plugins. Reading causes no upstream call.
 *
 * Privileged: it knows nothing of users. What it gives passes the access guard
 * before it leaves the process.
 *
 * @public
 */
export interface WatchCache {
  list<K extends ProjectedKind>(
    kind: K,
    query?: WatchQuery,
  ): Promise<Array<Projections[K]>>;
  get<K extends ProjectedKind>(
    kind: K,
    at: { cluster: string; namespace: string; name: string },
  ): Promise<Projections[K] | undefined>;
  /** State of one kind in one cluster, or of the whole cluster (the worst of its kinds). */
  status(cluster: string, kind?: ProjectedKind): Promise<SourceStatus>;
  /** Hears of changes, coalesced within one turn of the event loop. Returns the way to stop. */
  subscribe(
    filter: { cluster?: string; namespace?: string },
    listener: (changes: WatchChange[]) => void,
  ): () => void;
  counters(): Promise<Record<string, WatchCounters>>;
}
