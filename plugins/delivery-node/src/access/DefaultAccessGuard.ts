// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { LRUCache } from 'lru-cache';
import type { AccessGuard } from './types';

/** More references in one question pass the limit of a request body: conditions are repeated per item. */
const CHUNK = 50;
const TOO_LARGE = 413;
/** Questions asked at the same time. */
const CONCURRENCY = 4;
const KEPT_MS = 30_000;
const MOST_KEPT = 20_000;
/** Entities weigh more than a yes. */
const MOST_SEEN = 1000;
/** Not the wall clock, which can be set back; found anew at each call, so that tests can hold it. */
const perf = { now: () => performance.now() };

/** Asks the catalog and the permission framework as the caller. */
export class DefaultAccessGuard implements AccessGuard {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  /**
   * Who was allowed what. A denial is not kept: it is also what an entity gets
   * that the catalog does not have yet, and its page must open as soon as it has.
   */
  readonly #allowed = new LRUCache<string, true>({
    max: MOST_KEPT,
    ttl: KEPT_MS,
    perf,
  });
  /**
   * What callers saw: an open page asks for the same entity at each change in its
   * clusters, and to ask the catalog costs more than all the rest. As old as a
   * decision may be; what was not found, or not yet linked to its owner, is asked
   * for again.
   */
  readonly #seen = new LRUCache<string, Entity>({
    max: MOST_SEEN,
    ttl: KEPT_MS,
    perf,
  });

  private constructor(
    catalog: CatalogService,
    permissions: PermissionsService,
  ) {
    this.#catalog = catalog;
    this.#permissions = permissions;
  }

  static create(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }): DefaultAccessGuard {
    return new DefaultAccessGuard(options.catalog, options.permissions);
  }

  async entity(
    entityRef: string,
    permission: ResourcePermission<'catalog-entity'>,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const ref = canonical(entityRef);
    const [entity, [isAllowed]] = await Promise.all([
      this.#read(ref, credentials),
      this.#decide([ref], permission, credentials),
    ]);
    if (!entity || !isAllowed) {
      throw unknown(entityRef);
    }
    return entity;
  }

  async #read(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<Entity | undefined> {
    const who = callerOf(credentials);
    const key = `${who} ${ref}`;
    const seen = who ? this.#seen.get(key) : undefined;
    if (seen) {
      return seen;
    }
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (entity?.relations?.length && who) {
      this.#seen.set(key, entity);
    }
    return entity;
  }

  async filter(
    entityRefs: string[],
    permission: ResourcePermission<'catalog-entity'>,
    credentials: BackstageCredentials,
  ): Promise<Entity[]> {
    if (entityRefs.length === 0) {
      return [];
    }
    const [{ items }, allowed] = await Promise.all([
      this.#catalog.getEntitiesByRefs({ entityRefs }, { credentials }),
      this.#decide(entityRefs, permission, credentials),
    ]);
    return items.filter(
      (entity, index): entity is Entity => Boolean(entity) && allowed[index],
    );
  }

  async #decide(
    entityRefs: string[],
    permission: ResourcePermission<'catalog-entity'>,
    credentials: BackstageCredentials,
  ): Promise<boolean[]> {
    const who = callerOf(credentials);
    const keyOf = (ref: string) => `${who} ${permission.name} ${ref}`;
    const wanted = [...new Set(entityRefs)];
    const allowed = new Set(
      who ? wanted.filter(ref => this.#allowed.get(keyOf(ref))) : [],
    );
    const open = wanted.filter(ref => !allowed.has(ref));
    await inChunks(open, async chunk => {
      for (const ref of await this.#ask(chunk, permission, credentials)) {
        allowed.add(ref);
        if (who) {
          this.#allowed.set(keyOf(ref), true);
        }
      }
    });
    return entityRefs.map(ref => allowed.has(ref));
  }

  /** Those of a chunk that are allowed. Who is in very many groups makes even a chunk too large: then it is halved. */
  async #ask(
    chunk: string[],
    permission: ResourcePermission<'catalog-entity'>,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    try {
      const answers = await this.#permissions.authorize(
        chunk.map(resourceRef => ({ permission, resourceRef })),
        { credentials },
      );
      return chunk.filter(
        (_, index) => answers[index].result === AuthorizeResult.ALLOW,
      );
    } catch (error) {
      const { statusCode } = error as { statusCode?: number };
      if (statusCode !== TOO_LARGE || chunk.length === 1) {
        throw error;
      }
      const half = Math.ceil(chunk.length / 2);
      return [
        ...(await this.#ask(chunk.slice(0, half), permission, credentials)),
        ...(await this.#ask(chunk.slice(half), permission, credentials)),
      ];
    }
  }
}

/** The same words for unknown and forbidden: an answer must not tell them apart. */
function unknown(entityRef: string): NotFoundError {
  return new NotFoundError(`No entity ${entityRef}`);
}

/** What is no reference names no entity. */
function canonical(entityRef: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(entityRef));
  } catch {
    throw unknown(entityRef);
  }
}

async function inChunks(
  refs: string[],
  ask: (chunk: string[]) => Promise<void>,
): Promise<void> {
  let at = 0;
  const askNext = async (): Promise<void> => {
    while (at < refs.length) {
      const chunk = refs.slice(at, at + CHUNK);
      at += CHUNK;
      await ask(chunk);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, askNext));
}

/** Whose decisions may be kept: users and services by their reference; nobody else's. */
function callerOf({ principal }: BackstageCredentials): string | undefined {
  const { type, userEntityRef, subject } = principal as {
    type?: string;
    userEntityRef?: string;
    subject?: string;
  };
  return type === 'user' ? userEntityRef : subject && `service:${subject}`;
}
