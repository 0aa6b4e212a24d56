// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { LiveSnapshot, WatchChange } from '@fairway/plugin-delivery-node';
import type { DeploymentsModel } from '../model/DeploymentsModel';
import type { DocumentScope } from '../model/DocumentScope';
import { documentTag } from '../model/documentTag';
import type { NamedPlace, StoredDeployment } from '../store/types';

/** Verdicts grow old without any event: a run becomes slow, an object stale. */
const REASSESS_MS = 15_000;

/** What is kept of one document for as long as somebody looks at it. */
interface Shared {
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval>;
  /** What the last one was made of; until there is one, everything concerns it. */
  scope?: DocumentScope;
  /** The document for one version of the entity; undefined when it has to be made anew. */
  made?: { entityTag: string; snapshot: Promise<LiveSnapshot> };
}

/**
 * Documents of entities whose pages are open: made once for all who look at one,
 * and again only after a change of what it was made of.
 */
export class SharedDocuments {
  readonly #model: DeploymentsModel;
  readonly #shared = new Map<string, Shared>();

  constructor(model: DeploymentsModel) {
    this.#model = model;
  }

  async read(entity: Entity): Promise<LiveSnapshot> {
    const shared = this.#shared.get(stringifyEntityRef(entity));
    const entityTag = entity.metadata.etag ?? JSON.stringify(entity);
    if (shared?.made?.entityTag === entityTag) {
      return shared.made.snapshot;
    }
    const snapshot = this.#make(entity, shared);
    if (shared) {
      const made = { entityTag, snapshot };
      shared.made = made;
      snapshot.catch(() => {
        if (shared.made === made) {
          shared.made = undefined;
        }
      });
    }
    return snapshot;
  }

  /** Calls back when the document of `key` may be another one. Returns the way to stop. */
  subscribe(key: string, changed: () => void): () => void {
    const shared = this.#shared.get(key) ?? this.#open(key);
    shared.listeners.add(changed);
    return () => {
      shared.listeners.delete(changed);
      if (shared.listeners.size === 0) {
        clearInterval(shared.timer);
        this.#shared.delete(key);
      }
    };
  }

  /** Objects or sources of clusters changed. */
  observed(changes: WatchChange[]): void {
    this.#tell(scope => changes.some(change => scope.concerns(change)));
  }

  /** A deployment was recorded. */
  recorded(deployment: StoredDeployment): void {
    this.#tell(scope => scope.tellsOf(deployment));
  }

  /** More is known about the commits of a Kustomization. */
  attributed(kustomization: NamedPlace): void {
    this.#tell(scope => scope.holdsKustomization(kustomization));
  }

  #open(key: string): Shared {
    const listeners = new Set<() => void>();
    const shared: Shared = {
      listeners,
      timer: setInterval(() => this.#expire(shared), REASSESS_MS),
    };
    shared.timer.unref();
    this.#shared.set(key, shared);
    return shared;
  }

  async #make(
    entity: Entity,
    shared: Shared | undefined,
  ): Promise<LiveSnapshot> {
    const { document, scope } = await this.#model.read(entity);
    if (shared) {
      shared.scope = scope;
    }
    return { etag: documentTag(document), data: document };
  }

  #tell(isAbout: (scope: DocumentScope) => boolean): void {
    for (const shared of this.#shared.values()) {
      if (!shared.scope || isAbout(shared.scope)) {
        this.#expire(shared);
      }
    }
  }

  /** One that is being made now may have read what was before: the next reader gets another. */
  #expire(shared: Shared): void {
    shared.made = undefined;
    shared.listeners.forEach(changed => changed());
  }
}
