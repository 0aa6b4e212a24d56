// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  type SourceStatus,
  worstSource,
} from '@fairway/plugin-delivery-common';
import type { ClusterRegistry } from '../clusters/types';
import type { ProjectedKind, Projections } from './projections';
import type {
  WatchCache,
  WatchChange,
  WatchCounters,
  WatchQuery,
} from './types';
import { WatchedCluster } from './WatchedCluster';
import { DEFAULT_TUNING, type WatchTuning } from './WatchTuning';

/** What {@link DefaultWatchCache} needs. */
export interface WatchCacheOptions {
  registry: ClusterRegistry;
  logger: LoggerService;
  tuning?: Partial<WatchTuning>;
  /** All kinds when left out. */
  kinds?: ProjectedKind[];
}

interface Subscriber {
  filter: { cluster?: string; namespace?: string };
  listener: (changes: WatchChange[]) => void;
}

/** One reflector per cluster and kind; a cluster that fails disturbs no other. */
export class DefaultWatchCache implements WatchCache {
  readonly #options: WatchCacheOptions;
  readonly #clusters = new Map<string, WatchedCluster>();
  readonly #subscribers = new Set<Subscriber>();
  readonly #stopFollowing: () => void;
  #pending: WatchChange[] = [];

  private constructor(options: WatchCacheOptions) {
    this.#options = options;
    this.#stopFollowing = options.registry.subscribe(() => this.#follow());
    this.#follow();
  }

  /** Starts to watch every cluster of the registry, and follows the registry. */
  static create(options: WatchCacheOptions): DefaultWatchCache {
    return new DefaultWatchCache(options);
  }

  async list<K extends ProjectedKind>(
    kind: K,
    query: WatchQuery = {},
  ): Promise<Array<Projections[K]>> {
    const clusters =
      query.cluster === undefined
        ? [...this.#clusters.values()]
        : [this.#clusters.get(query.cluster)];
    return clusters.flatMap(cluster => cluster?.list(kind, query) ?? []);
  }

  async get<K extends ProjectedKind>(
    kind: K,
    at: { cluster: string; namespace: string; name: string },
  ): Promise<Projections[K] | undefined> {
    return this.#clusters.get(at.cluster)?.get(kind, at);
  }

  async status(cluster: string, kind?: ProjectedKind): Promise<SourceStatus> {
    const watched = this.#clusters.get(cluster);
    if (!watched) {
      return {
        state: 'disabled',
        reason: { code: 'source.unknown-cluster', params: { cluster } },
        next: { code: 'source.add-cluster', params: { cluster } },
      };
    }
    if (kind) {
      return watched.status(kind);
    }
    // A kind that is not installed says nothing about the cluster.
    const telling = watched
      .statuses()
      .filter(({ state }) => state !== 'not-installed');
    return worstSource(telling) ?? { state: 'disabled' };
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
      [...this.#clusters].map(([name, cluster]) => [name, cluster.counters()]),
    );
  }

  close(): void {
    this.#stopFollowing();
    for (const cluster of this.#clusters.values()) {
      cluster.close();
    }
  }

  /** Clusters that came are watched, those that went are forgotten, those that changed begin anew. */
  #follow(): void {
    const { registry, logger, tuning, kinds } = this.#options;
    const wanted = registry.list();
    for (const [name, watched] of this.#clusters) {
      if (!wanted.includes(watched.cluster)) {
        watched.close();
        this.#clusters.delete(name);
        this.#changed({ type: 'reset', cluster: name });
      }
    }
    for (const cluster of wanted) {
      if (!this.#clusters.has(cluster.name)) {
        this.#clusters.set(
          cluster.name,
          WatchedCluster.start({
            cluster,
            logger,
            kinds,
            tuning: { ...DEFAULT_TUNING, ...tuning },
            changed: change => this.#changed(change),
          }),
        );
      }
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
    for (const { filter, listener } of [...this.#subscribers]) {
      const wanted = changes.filter(
        ({ cluster, namespace }) =>
          (!filter.cluster || cluster === filter.cluster) &&
          (!filter.namespace || !namespace || namespace === filter.namespace),
      );
      if (wanted.length > 0) {
        this.#call(listener, wanted);
      }
    }
  }

  /** One listener that fails keeps no other from hearing. */
  #call(listener: Subscriber['listener'], changes: WatchChange[]): void {
    try {
      listener(changes);
    } catch (error) {
      this.#options.logger.error(
        'A listener of changes failed',
        toError(error),
      );
    }
  }
}
