// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readGroupRef } from './readGroupRef';

const KEY = 'fairway.tenancy.leads';

/** Who leads, and what only leads may do. @public */
export interface LeadsConfig {
  /** Names of permissions. */
  permissions: string[];
  /** Reference of the group of the leads; `{team}` stands for the team's name. */
  group?: string;
  /** Type of the relation from a Group to its leads. */
  relation?: string;
}

/**
 * Reads `fairway.tenancy.leads`.
 *
 * @throws InputError that names the entry when it cannot work
 * @public
 */
export function readLeads(config: RootConfigService): LeadsConfig {
  const leads = config.getOptionalConfig(KEY);
  const permissions = leads?.getOptionalStringArray('permissions') ?? [];
  const group = leads?.getOptionalString('group');
  const relation = leads?.getOptionalString('relation');
  if (permissions.length > 0 && !group && !relation) {
    throw new InputError(
      `${KEY}.permissions is set, but nobody leads: set ${KEY}.group or ${KEY}.relation`,
    );
  }
  const foreign = permissions.find(name => !name.startsWith('fairway-'));
  if (foreign !== undefined) {
    throw new InputError(
      `${KEY}.permissions holds '${foreign}': only permissions on catalog entities that begin with 'fairway-' can be reserved`,
    );
  }
  if (relation && !/^[A-Za-z]{1,63}$/.test(relation)) {
    throw new InputError(
      `${KEY}.relation is '${relation}': give the type of a relation, such as 'ledBy'`,
    );
  }
  return {
    permissions,
    group: group && readGroupRef(group, `${KEY}.group`),
    relation,
  };
}
