// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Leadership } from '../Leadership';
import type { PolicyRule } from '../PolicyRule';
import { decideByOwner } from './decideByOwner';

/**
 * The named permissions on catalog entities are for those who lead the owning
 * group, or the group itself; being a member is not enough. Put it before
 * `allowOwnersOfEntities`.
 *
 * @param options.permissions - their names, such as `fairway-cost.budget.update`
 * @public
 */
export function reserveForLeads(options: {
  permissions: string[];
  leadership: Leadership;
}): PolicyRule {
  const reserved = new Set(options.permissions);
  return async ({ permission }, user) => {
    if (
      !user ||
      !reserved.has(permission.name) ||
      !isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)
    ) {
      return undefined;
    }
    const led = await options.leadership.groupsLedBy(user);
    return led.length > 0
      ? decideByOwner(permission, led)
      : { result: AuthorizeResult.DENY };
  };
}
