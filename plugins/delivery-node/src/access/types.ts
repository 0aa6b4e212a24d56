// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type {
  Environment,
  EnvironmentTarget,
  SourceStatus,
} from '@fairway/plugin-delivery-common';

/**
 * The one guard of REST, streams, actions and roll-ups (DESIGN section 7).
 * Catalog read as the user, then the permission; unknown and forbidden are the
 * same NotFoundError.
 *
 * @public
 */
export interface AccessGuard {
  /** @throws NotFoundError when the entity is unknown or not allowed */
  entity(
    entityRef: string,
    permission: ResourcePermission<'catalog-entity'>,
    credentials: BackstageCredentials,
  ): Promise<Entity>;
  /** The entities of `entityRefs` that the caller may see, in the given order; asked in chunks. What is allowed is kept for at most 30 s, a denial never. */
  filter(
    entityRefs: string[],
    permission: ResourcePermission<'catalog-entity'>,
    credentials: BackstageCredentials,
  ): Promise<Entity[]>;
}

/**
 * What a person owns things as. Two answers, because power must not be inherited: who
 * heads a department owns what its teams own, and is no platform engineer only
 * because the platform team is one of them.
 *
 * @public
 */
export interface Ownership {
  /** References of the user and of the groups that the user is in, as sign-in wrote them down. */
  refsOf(credentials: BackstageCredentials): Promise<string[]>;
  /** Those, and all groups below them. Not those above: a member of a team owns nothing of its department. */
  reachOf(credentials: BackstageCredentials): Promise<string[]>;
}

/** One environment target of an entity, and whether the platform grants it. @public */
export interface BoundTarget extends EnvironmentTarget {
  environment: Environment;
  /** Set when the data of this target must not be shown: `not-bound`, with the reason. */
  refused?: SourceStatus;
}

/**
 * Says where an entity may look. Annotations are a request; it is granted only
 * when the Namespace object's `fairway.dev/owner` is the entity's owner or an
 * ancestor group of it, or `fairway.binding.allow` says so.
 *
 * @public
 */
export interface BindingService {
  targets(entity: Entity): Promise<BoundTarget[]>;
}
