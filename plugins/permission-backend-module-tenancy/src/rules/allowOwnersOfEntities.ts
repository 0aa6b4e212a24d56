// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import type { Ownership } from '@fairway/plugin-delivery-node';
import type { PolicyRule } from '../PolicyRule';
import { decideByOwner } from './decideByOwner';

/**
 * Every permission of Fairway on a catalog entity (`fairway-*`) is for the owners
 * of the entity; a team permission (`fairway-<plugin>.team.<action>`) is for the
 * members of the Group. The catalog applies the condition to the entity.
 *
 * @public
 */
export function allowOwnersOfEntities(options: {
  ownership: Ownership;
}): PolicyRule {
  return async ({ permission }, user) =>
    user &&
    permission.name.startsWith('fairway-') &&
    isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)
      ? decideByOwner(
          permission,
          await options.ownership.reachOf(user.credentials),
        )
      : undefined;
}
