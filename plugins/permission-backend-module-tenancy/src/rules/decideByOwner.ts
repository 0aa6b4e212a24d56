// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import type {
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { groupMemberCondition } from '@fairway/plugin-delivery-node';

/** ALLOW exactly for the entities that one of the claims owns. */
export function decideByOwner(
  permission: ResourcePermission<'catalog-entity'>,
  claims: string[],
): PolicyDecision {
  return createCatalogConditionalDecision(
    permission,
    catalogConditions.isEntityOwner({ claims }),
  );
}

/** The same, and for the groups among the claims themselves: a Group has no owner. */
export function decideByOwnerOrMember(
  permission: ResourcePermission<'catalog-entity'>,
  claims: string[],
): PolicyDecision {
  return createCatalogConditionalDecision(permission, {
    anyOf: [
      catalogConditions.isEntityOwner({ claims }),
      groupMemberCondition({ claims }),
    ],
  });
}
