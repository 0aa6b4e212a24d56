// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  isResourcePermission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import type { Ownership } from '../Ownership';
import type { PolicyRule } from '../PolicyRule';

/**
 * Every permission of Fairway on a catalog entity (`fairway-*`) is for the
 * owners of the entity. The catalog applies the condition to the entity.
 *
 * @public
 */
export function allowOwnersOfEntities(options: {
  ownership: Ownership;
}): PolicyRule {
  return async ({ permission }, user) => {
    if (
      !user ||
      !permission.name.startsWith('fairway-') ||
      !isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)
    ) {
      return undefined;
    }
    return decideByOwner(permission, user, options.ownership);
  };
}

/** ALLOW exactly for the entities that the user owns, in person or by group. */
export async function decideByOwner(
  permission: ResourcePermission<'catalog-entity'>,
  user: PolicyQueryUser,
  ownership: Ownership,
): Promise<PolicyDecision> {
  const claims = await ownership.refsOf(user);
  return createCatalogConditionalDecision(
    permission,
    catalogConditions.isEntityOwner({ claims }),
  );
}
