// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { Cluster } from '../clusters/types';
import { ClusterClient } from './ClusterClient';
import { WATCHED_KINDS } from './projection/watchedKinds';
import type { ProjectedKind, Projections } from './projections';
import { Reflector } from './Reflector';
import { StateJournal } from './StateJournal';
import type { WatchChange, WatchCounters, WatchQuery } from './types';
import type { WatchTuning } from './WatchTuning';

/** All that is kept of one cluster. */
export class WatchedCluster {
  readonly cluster: Cluster;
  readonly #client?: ClusterClient;
  readonly #journal: StateJournal;
  readonly #reflectors = new Map<ProjectedKind, Reflector>();
  readonly #counters: WatchCounters = {
    lists: 0,
    pages: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    relists: 0,
    malformed: 0,
    errors: {},
  };

  private constructor(
    cluster: Cluster,
    client: ClusterClient | undefined,
    journal: StateJournal,
  ) {
    this.cluster = cluster;
    this.#client = client;
    this.#journal = journal;
  }

  /** A cluster without credentials of the portal's own is known, and not watched. */
  static start(options: {
    cluster: Cluster;
    logger: LoggerService;
    tuning: WatchTuning;
    kinds?: ProjectedKind[];
    changed: (change: WatchChange) => void;
  }): WatchedCluster {
    const { cluster, logger, tuning, kinds, changed } = options;
    const journal = new StateJournal(cluster.name, logger);
    if (!cluster.credentials) {
      return new WatchedCluster(cluster, undefined, journal);
    }
    const client = new ClusterClient(cluster, tuning);
    const watched = new WatchedCluster(cluster, client, journal);
    for (const kind of kinds ??
      (Object.keys(WATCHED_KINDS) as ProjectedKind[])) {
      const reflector = new Reflector({
        cluster: cluster.name,
        watched: WATCHED_KINDS[kind],
        client,
        tuning,
        counters: watched.#counters,
        journal,
        logger,
        changed,
      });
      watched.#reflectors.set(kind, reflector);
      void reflector.run();
    }
    return watched;
  }

  list<K extends ProjectedKind>(
    kind: K,
    query: WatchQuery,
  ): Array<Projections[K]> {
    const found = this.#reflectors.get(kind)?.index.find(query) ?? [];
    // The reflector of a kind keeps only projections of that kind.
    return found as Array<Projections[K]>;
  }

  get<K extends ProjectedKind>(
    kind: K,
    at: { namespace: string; name: string },
  ): Projections[K] | undefined {
    const found = this.#reflectors.get(kind)?.index.get(at.namespace, at.name);
    return found as Projections[K] | undefined;
  }

  status(kind: ProjectedKind): SourceStatus {
    if (!this.#client) {
      return this.#needsBrowserToken();
    }
    return this.#reflectors.get(kind)?.status() ?? { state: 'disabled' };
  }

  statuses(): SourceStatus[] {
    return this.#client
      ? [...this.#reflectors.values()].map(reflector => reflector.status())
      : [this.#needsBrowserToken()];
  }

  counters(): WatchCounters {
    return structuredClone(this.#counters);
  }

  close(): void {
    for (const reflector of this.#reflectors.values()) {
      reflector.close();
    }
    this.#journal.close();
    this.#client?.close();
  }

  #needsBrowserToken(): SourceStatus {
    const params = { cluster: this.cluster.name };
    return {
      state: 'unauthorized',
      reason: { code: 'source.needs-browser-token', params },
      next: { code: 'source.add-credentials', params },
    };
  }
}
