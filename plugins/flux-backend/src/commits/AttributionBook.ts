// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type { Attribution, DeploymentStore, NamedPlace } from '../store/types';

const FLUSH_MS = 2_000;
const REMEMBERED = 50_000;

function keyOf({ cluster, namespace, name }: NamedPlace): string {
  return `${cluster}/${namespace}/${name}`;
}

/**
 * What Git says about each Kustomization, in memory over the store. In a
 * repository of many services each commit moves all of them and touches one:
 * that nothing was touched is noted here at once, and in the store in bulk.
 */
export class AttributionBook {
  readonly #store: DeploymentStore;
  readonly #logger: LoggerService;
  readonly #entries = new LRUCache<string, Attribution>({ max: REMEMBERED });
  #moved = new Map<string, Attribution>();
  #timer?: ReturnType<typeof setTimeout>;
  #closed = false;

  constructor(options: { store: DeploymentStore; logger: LoggerService }) {
    this.#store = options.store;
    this.#logger = options.logger;
  }

  async get(at: NamedPlace): Promise<Attribution | undefined> {
    const key = keyOf(at);
    const known = this.#entries.get(key) ?? (await this.#store.attribution(at));
    if (known) {
      this.#entries.set(key, known);
    }
    return known;
  }

  async save(attribution: Attribution): Promise<void> {
    await this.#store.saveAttribution(attribution);
    this.#entries.set(keyOf(attribution), attribution);
    this.#moved.delete(keyOf(attribution));
  }

  /** Notes an attribution that differs from the one before in its revision alone. */
  move(attribution: Attribution): void {
    const key = keyOf(attribution);
    this.#entries.set(key, attribution);
    this.#moved.set(key, attribution);
    if (!this.#closed) {
      this.#timer ??= setTimeout(() => void this.#flush(), FLUSH_MS);
    }
  }

  /** Writes what is noted, and stops. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const moved = [...this.#moved.values()];
    this.#moved = new Map();
    const byRevision = new Map<string, Attribution[]>();
    for (const each of moved) {
      const same = byRevision.get(each.revision);
      if (same) {
        same.push(each);
      } else {
        byRevision.set(each.revision, [each]);
      }
    }
    try {
      for (const [revision, places] of byRevision) {
        await this.#store.moveAttributions(places, revision);
      }
    } catch (error) {
      // Nothing is lost: from the older revision the same is found out again.
      this.#logger.debug(`Revisions of Kustomizations were not kept: ${error}`);
    }
  }
}
