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

/** `fairway-<plugin>.team.<action>`: a permission on Group entities. */
const TEAM = /^fairway-[a-z-]+\.team\./;

/**
 * ALLOW exactly for the entities that one of the claims owns; a team permission for
 * the groups among the claims, because a Group has no owner. One condition and not
 * both: the claims are repeated for each entity of a question, and a request has a
 * limit.
 */
export function decideByOwner(
  permission: ResourcePermission<'catalog-entity'>,
  claims: string[],
): PolicyDecision {
  return createCatalogConditionalDecision(
    permission,
    TEAM.test(permission.name)
      ? groupMemberCondition({ claims })
      : catalogConditions.isEntityOwner({ claims }),
  );
}
