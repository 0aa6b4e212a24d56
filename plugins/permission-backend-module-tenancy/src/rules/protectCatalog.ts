// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationDeletePermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import type { Ownership } from '../Ownership';
import type { PolicyRule } from '../PolicyRule';
import { decideByOwner } from './allowOwnersOfEntities';

const OPEN = [
  catalogEntityReadPermission,
  catalogEntityCreatePermission,
  catalogEntityRefreshPermission,
];

/**
 * The catalog is open to read, to register in and to refresh; an entity is
 * removed by its owners only. A location has no owner to ask for, and removing
 * it removes all its entities, so that is denied.
 *
 * @public
 */
export function protectCatalog(options: { ownership: Ownership }): PolicyRule {
  return async ({ permission }, user) => {
    if (!user) {
      return undefined;
    }
    if (OPEN.some(open => isPermission(permission, open))) {
      return { result: AuthorizeResult.ALLOW };
    }
    if (isPermission(permission, catalogEntityDeletePermission)) {
      return decideByOwner(permission, user, options.ownership);
    }
    if (isPermission(permission, catalogLocationDeletePermission)) {
      return { result: AuthorizeResult.DENY };
    }
    return undefined;
  };
}
