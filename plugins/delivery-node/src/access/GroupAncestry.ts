// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AuthService } from '@backstage/backend-plugin-api';
import { RELATION_CHILD_OF } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';

const KEPT_MS = 60_000;
const MOST_GROUPS = 2000;
/** Deeper is no organisation but a circle. */
const DEEPEST = 10;

/** Which groups a group belongs to, from the catalog; kept for a minute. */
export class GroupAncestry {
  readonly #ancestors: LRUCache<string, string[]>;

  private constructor(fetch: (group: string) => Promise<string[]>) {
    this.#ancestors = new LRUCache({
      max: MOST_GROUPS,
      ttl: KEPT_MS,
      fetchMethod: fetch,
      // Parents rarely change: better those of a minute ago than none.
      allowStaleOnFetchRejection: true,
    });
  }

  static create(options: {
    catalog: CatalogService;
    auth: AuthService;
  }): GroupAncestry {
    return new GroupAncestry(group => load(group, options));
  }

  /** The owner and all groups above it, nearest first. */
  async lineOf(owner: string): Promise<string[]> {
    return [owner, ...((await this.#ancestors.fetch(owner)) ?? [])];
  }
}

async function load(
  group: string,
  options: { catalog: CatalogService; auth: AuthService },
): Promise<string[]> {
  // Our own credentials: who a group belongs to is no secret, and this runs below the guard.
  const credentials = await options.auth.getOwnServiceCredentials();
  const found: string[] = [];
  let next = [group];
  for (let depth = 0; depth < DEEPEST && next.length > 0; depth++) {
    const { items } = await options.catalog.getEntitiesByRefs(
      { entityRefs: next, fields: ['kind', 'metadata', 'relations'] },
      { credentials },
    );
    const parents = items
      .flatMap(item => item?.relations ?? [])
      .filter(({ type }) => type === RELATION_CHILD_OF)
      .map(({ targetRef }) => targetRef);
    next = [...new Set(parents)].filter(
      ref => ref !== group && !found.includes(ref),
    );
    found.push(...next);
  }
  return found;
}
