// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  RELATION_PARENT_OF,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { LRUCache } from 'lru-cache';

const KEPT_MS = 60_000;
const MOST_GROUPS = 2000;
/** Deeper is no organisation but a circle. */
const DEEPEST = 10;

interface Services {
  catalog: CatalogService;
  auth: AuthService;
}

/** Which groups are above and below a group, from the catalog; kept for a minute. */
export class GroupTree {
  readonly #above: LRUCache<string, string[]>;
  readonly #below: LRUCache<string, string[]>;

  private constructor(services: Services) {
    this.#above = follow(RELATION_CHILD_OF, services);
    this.#below = follow(RELATION_PARENT_OF, services);
  }

  static create(services: Services): GroupTree {
    return new GroupTree(services);
  }

  /** All groups that the group belongs to, nearest first. */
  async above(group: string): Promise<string[]> {
    return (await this.#above.fetch(group)) ?? [];
  }

  /** All groups that belong to the group, nearest first. */
  async below(group: string): Promise<string[]> {
    return (await this.#below.fetch(group)) ?? [];
  }
}

function follow(
  relation: string,
  services: Services,
): LRUCache<string, string[]> {
  return new LRUCache({
    max: MOST_GROUPS,
    ttl: KEPT_MS,
    fetchMethod: group => load(group, relation, services),
    // An organisation rarely changes: better that of a minute ago than none.
    allowStaleOnFetchRejection: true,
  });
}

async function load(
  group: string,
  relation: string,
  { auth, catalog }: Services,
): Promise<string[]> {
  // Our own credentials: who a group belongs to is no secret, and this runs below the guard.
  const credentials = await auth.getOwnServiceCredentials();
  const found: string[] = [];
  let next = [group];
  for (let depth = 0; depth < DEEPEST && next.length > 0; depth++) {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: next, fields: ['kind', 'metadata', 'relations'] },
      { credentials },
    );
    const related = items
      .flatMap(item => item?.relations ?? [])
      .filter(({ type }) => type === relation)
      .map(({ targetRef }) => targetRef);
    next = [...new Set(related)].filter(
      ref => ref !== group && !found.includes(ref),
    );
    found.push(...next);
  }
  return found;
}
