// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SOURCE_STATES,
  type SourceStatus,
} from '@fairway/plugin-delivery-common';
import type { ClusterRegistry } from '../clusters/types';
import { ClusterClient } from './ClusterClient';
import { WATCHED_KINDS } from './projection/watchedKinds';
import type { ProjectedKind, Projections } from './projections';
import { Reflector } from './Reflector';
import type {
  WatchCache,
  WatchChange,
  WatchCounters,
  WatchQuery,
} from './types';
import { DEFAULT_TUNING, type WatchTuning } from './WatchTuning';

interface WatchedCluster {
  client?: ClusterClient;
  reflectors: Map<ProjectedKind, Reflector>;
  counters: WatchCounters;
}

interface Subscriber {
  filter: { cluster?: string; namespace?: string };
  listener: (changes: WatchChange[]) => void;
}

/** One reflector per cluster and kind; a cluster that fails disturbs no other. */
export class DefaultWatchCache implements WatchCache {
  readonly #clusters = new Map<string, WatchedCluster>();
  readonly #subscribers = new Set<Subscriber>();
  #pending: WatchChange[] = [];

  private constructor() {}

  /** Starts to watch every cluster of the registry. */
  static create(options: {
    registry: ClusterRegistry;
    logger: LoggerService;
    tuning?: Partial<WatchTuning>;
    kinds?: ProjectedKind[];
  }): DefaultWatchCache {
    const cache = new DefaultWatchCache();
    const tuning = { ...DEFAULT_TUNING, ...options.tuning };
    const kinds =
      options.kinds ?? (Object.keys(WATCHED_KINDS) as ProjectedKind[]);
    for (const cluster of options.registry.list()) {
      const counters = newCounters();
      const watched: WatchedCluster = { reflectors: new Map(), counters };
      cache.#clusters.set(cluster.name, watched);
      if (!cluster.credentials) {
        continue;
      }
      const client = new ClusterClient(cluster);
      watched.client = client;
      for (const kind of kinds) {
        const reflector = new Reflector({
          cluster: cluster.name,
          watched: WATCHED_KINDS[kind],
          client,
          tuning,
          counters,
          logger: options.logger,
          changed: change => cache.#changed(change),
        });
        watched.reflectors.set(kind, reflector);
        reflector
          .run()
          .catch(error =>
            options.logger.error(
              `${cluster.name}: watch of ${kind} ended`,
              error,
            ),
          );
      }
    }
    return cache;
  }

  async list<K extends ProjectedKind>(
    kind: K,
    query: WatchQuery = {},
  ): Promise<Array<Projections[K]>> {
    const names = query.cluster ? [query.cluster] : [...this.#clusters.keys()];
    return names.flatMap(
      name =>
        (this.#clusters.get(name)?.reflectors.get(kind)?.index.find(query) ??
          []) as Array<Projections[K]>,
    );
  }

  async get<K extends ProjectedKind>(
    kind: K,
    at: { cluster: string; namespace: string; name: string },
  ): Promise<Projections[K] | undefined> {
    return this.#clusters
      .get(at.cluster)
      ?.reflectors.get(kind)
      ?.index.get(at.namespace, at.name) as Projections[K] | undefined;
  }

  async status(cluster: string, kind?: ProjectedKind): Promise<SourceStatus> {
    const watched = this.#clusters.get(cluster);
    if (!watched) {
      return {
        state: 'not-installed',
        reason: { code: 'source.unknown-cluster', params: { cluster } },
      };
    }
    if (!watched.client) {
      return {
        state: 'unauthorized',
        reason: { code: 'source.needs-browser-token', params: { cluster } },
      };
    }
    const reflectors = kind
      ? [watched.reflectors.get(kind)]
      : [...watched.reflectors.values()];
    const statuses = reflectors.flatMap(reflector => reflector?.status() ?? []);
    // A kind that is not installed says nothing about the cluster.
    const telling = kind
      ? statuses
      : statuses.filter(({ state }) => state !== 'not-installed');
    return (
      telling.sort(
        (a, b) =>
          SOURCE_STATES.indexOf(b.state) - SOURCE_STATES.indexOf(a.state),
      )[0] ?? { state: 'disabled' }
    );
  }

  subscribe(
    filter: { cluster?: string; namespace?: string },
    listener: (changes: WatchChange[]) => void,
  ): () => void {
    const subscriber = { filter, listener };
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  async counters(): Promise<Record<string, WatchCounters>> {
    return Object.fromEntries(
      [...this.#clusters].map(([name, { counters }]) => [
        name,
        structuredClone(counters),
      ]),
    );
  }

  close(): void {
    for (const { client, reflectors } of this.#clusters.values()) {
      for (const reflector of reflectors.values()) {
        reflector.close();
      }
      client?.close();
    }
  }

  #changed(change: WatchChange): void {
    this.#pending.push(change);
    if (this.#pending.length === 1) {
      setImmediate(() => this.#tell());
    }
  }

  #tell(): void {
    const changes = this.#pending;
    this.#pending = [];
    for (const { filter, listener } of this.#subscribers) {
      const wanted = changes.filter(
        ({ cluster, namespace }) =>
          (!filter.cluster || cluster === filter.cluster) &&
          (!filter.namespace || !namespace || namespace === filter.namespace),
      );
      if (wanted.length > 0) {
        listener(wanted);
      }
    }
  }
}

function newCounters(): WatchCounters {
  return {
    lists: 0,
    pages: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    relists: 0,
    malformed: 0,
    errors: {},
  };
}
