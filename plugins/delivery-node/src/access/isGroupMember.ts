// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  type Entity,
  isGroupEntity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { EntitiesSearchFilter } from '@backstage/plugin-catalog-node';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import {
  createConditionFactory,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';

interface GroupName {
  namespace: string;
  name: string;
}

/** No entity can have this name. */
const NOBODY: GroupName = { namespace: '-', name: '-' };

/**
 * Catalog rule `IS_GROUP_MEMBER`: the entity is one of the groups that the caller
 * is a member of. A Group has no owner, so `isEntityOwner` never allows a team's
 * own page. Registered in the catalog by
 * `@fairway/plugin-catalog-backend-module-delivery`.
 *
 * @public
 */
export const isGroupMember = createPermissionRule({
  name: 'IS_GROUP_MEMBER',
  description: 'Allow Group entities that the caller is a member of',
  resourceRef: catalogEntityPermissionResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe(
        'Ownership references of the caller; those that are no group allow nothing',
      ),
  }),
  apply: (entity: Entity, { claims }) =>
    isGroupEntity(entity) && claims.includes(stringifyEntityRef(entity)),
  toQuery: ({ claims }) => {
    // A criterion of no alternatives would be refused: NOBODY matches nothing.
    const [first = NOBODY, ...others] = claims.flatMap(
      claim => groupOf(claim) ?? [],
    );
    return { anyOf: [named(first), ...others.map(named)] };
  },
});

/** Condition of {@link isGroupMember}, for policies. @public */
export const groupMemberCondition = createConditionFactory(isGroupMember);

function groupOf(claim: string): GroupName | undefined {
  try {
    const { kind, namespace, name } = parseEntityRef(claim);
    return kind.toLocaleLowerCase('en-US') === 'group'
      ? { namespace, name }
      : undefined;
  } catch {
    return undefined;
  }
}

function named({ namespace, name }: GroupName): {
  allOf: [EntitiesSearchFilter, ...EntitiesSearchFilter[]];
} {
  return {
    allOf: [
      { key: 'kind', values: ['group'] },
      { key: 'metadata.namespace', values: [namespace] },
      { key: 'metadata.name', values: [name] },
    ],
  };
}
