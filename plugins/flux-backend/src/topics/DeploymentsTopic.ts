// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AccessGuard,
  LiveSnapshot,
  LiveTopic,
  WatchCache,
  WatchChange,
} from '@fairway/plugin-delivery-node';
import {
  fluxResourceReadPermission,
  type DeploymentsDocument,
} from '@fairway/plugin-flux-common';
import { LRUCache } from 'lru-cache';
import { documentTag } from '../services/documentTag';
import type { DeploymentsModel } from '../services/DeploymentsModel';

/** Verdicts grow old without any event: a run becomes slow, an object stale. */
const REASSESS_MS = 15_000;
const REMEMBERED = 5_000;

/** Something that was kept about a place of an entity changed. */
export type KeptChanges = (
  listener: (place: { cluster: string; namespace: string }) => void,
) => () => void;

/** The deployments of an entity, live. Its key is the entity reference. */
export class DeploymentsTopic implements LiveTopic {
  readonly id = 'fairway-flux.deployments';
  readonly #guard: AccessGuard;
  readonly #model: DeploymentsModel;
  readonly #watch: WatchCache;
  readonly #kept: KeptChanges;
  /** Where the document of a key looked last. */
  readonly #places = new LRUCache<string, Set<string>>({ max: REMEMBERED });

  private constructor(
    guard: AccessGuard,
    model: DeploymentsModel,
    watch: WatchCache,
    kept: KeptChanges,
  ) {
    this.#guard = guard;
    this.#model = model;
    this.#watch = watch;
    this.#kept = kept;
  }

  static create(options: {
    guard: AccessGuard;
    model: DeploymentsModel;
    watch: WatchCache;
    kept: KeptChanges;
  }): DeploymentsTopic {
    const { guard, model, watch, kept } = options;
    return new DeploymentsTopic(guard, model, watch, kept);
  }

  /** @throws NotFoundError when the caller may not see the entity */
  async authorize(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#guard.entity(key, fluxResourceReadPermission, credentials);
  }

  /** @throws NotFoundError when the caller may not see the entity */
  async snapshot(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<LiveSnapshot> {
    const entity = await this.#guard.entity(
      key,
      fluxResourceReadPermission,
      credentials,
    );
    const data = await this.#model.document(entity);
    this.#places.set(key, placesOf(data));
    return { etag: documentTag(data), data };
  }

  subscribe(key: string, changed: () => void): () => void {
    const concerns = (cluster: string, namespace?: string) => {
      const places = this.#places.get(key);
      return !places || places.has(`${cluster}/${namespace ?? ''}`);
    };
    const unsubscribe = [
      this.#watch.subscribe({}, changes => {
        if (changes.some(change => isAbout(change, concerns))) {
          changed();
        }
      }),
      this.#kept(({ cluster, namespace }) => {
        if (concerns(cluster, namespace)) {
          changed();
        }
      }),
    ];
    const timer = setInterval(changed, REASSESS_MS);
    timer.unref();
    return () => {
      clearInterval(timer);
      unsubscribe.forEach(stop => stop());
    };
  }
}

/** `cluster/namespace` of each target, and `cluster/` for news of the whole cluster. */
function placesOf(document: DeploymentsDocument): Set<string> {
  return new Set(
    document.environments.flatMap(({ targets }) =>
      targets.flatMap(({ cluster, namespace, kustomization }) => [
        `${cluster}/`,
        `${cluster}/${namespace}`,
        ...(kustomization ? [`${cluster}/${kustomization.namespace}`] : []),
      ]),
    ),
  );
}

function isAbout(
  { type, cluster, kind, namespace, name }: WatchChange,
  concerns: (cluster: string, namespace?: string) => boolean,
): boolean {
  if (type === 'status' || type === 'reset') {
    return concerns(cluster);
  }
  return concerns(cluster, kind === 'Namespace' ? name : namespace);
}
