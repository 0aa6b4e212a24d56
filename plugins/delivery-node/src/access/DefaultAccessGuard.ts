// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
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
const DECISION_MS = 30_000;
const MOST_DECISIONS = 20_000;

/** Asks the catalog and the permission framework as the caller. */
export class DefaultAccessGuard implements AccessGuard {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #decisions = new LRUCache<string, boolean>({
    max: MOST_DECISIONS,
    ttl: DECISION_MS,
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
    const [entity, [allowed]] = await Promise.all([
      this.#catalog.getEntityByRef(entityRef, { credentials }),
      this.#decide([entityRef], permission, credentials),
    ]);
    if (!entity || !allowed) {
      // The same words for unknown and forbidden: an answer must not tell them apart.
      throw new NotFoundError(`No entity ${entityRef}`);
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
    const unknown = entityRefs.filter(
      ref => !who || this.#decisions.get(keyOf(ref)) === undefined,
    );
    const fresh = new Map<string, boolean>();
    const chunks: string[][] = [];
    for (let at = 0; at < unknown.length; at += CHUNK) {
      chunks.push(unknown.slice(at, at + CHUNK));
    }
    await Promise.all(
      chunks.map(async chunk => {
        const answers = await this.#permissions.authorize(
          chunk.map(resourceRef => ({ permission, resourceRef })),
          { credentials },
        );
        answers.forEach(({ result }, index) =>
          fresh.set(chunk[index], result === AuthorizeResult.ALLOW),
        );
      }),
    );
    for (const [ref, isAllowed] of fresh) {
      if (who) {
        this.#decisions.set(keyOf(ref), isAllowed);
      }
    }
    return entityRefs.map(
      ref => fresh.get(ref) ?? this.#decisions.get(keyOf(ref)) ?? false,
    );
  }
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

/** Reference of an entity, as all our keys are written. @public */
export function refOf(entity: Entity): string {
  return stringifyEntityRef(entity);
}
