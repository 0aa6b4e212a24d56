// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  catalogLocationAnalyzePermission,
  catalogLocationCreatePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import type { Ownership } from '@fairway/plugin-delivery-node';
import type { PolicyRule } from '../PolicyRule';
import { decideByOwner } from './decideByOwner';

const OPEN = [
  catalogEntityReadPermission,
  catalogEntityCreatePermission,
  catalogEntityRefreshPermission,
  catalogEntityValidatePermission,
  catalogLocationAnalyzePermission,
  catalogLocationCreatePermission,
  catalogLocationReadPermission,
];

/**
 * The catalog is open to read, to register in and to refresh; an entity is removed
 * by its owners only. All else is denied: a location has no owner to ask for, and
 * removing it removes all its entities; ingestion is the platform's.
 *
 * @public
 */
export function protectCatalog(options: { ownership: Ownership }): PolicyRule {
  return async ({ permission }, user) => {
    if (!user || !permission.name.startsWith('catalog.')) {
      return undefined;
    }
    if (OPEN.some(open => isPermission(permission, open))) {
      return { result: AuthorizeResult.ALLOW };
    }
    return isPermission(permission, catalogEntityDeletePermission)
      ? decideByOwner(
          permission,
          await options.ownership.reachOf(user.credentials),
        )
      : { result: AuthorizeResult.DENY };
  };
}
