// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { RESOURCE_TYPE_SCAFFOLDER_TASK } from '@backstage/plugin-scaffolder-common/alpha';
import type { Ownership } from '@fairway/plugin-delivery-node';
import type { PolicyRule } from '../PolicyRule';

// Both run or show unreviewed templates with the portal's own credentials.
const DENIED = new Set([
  'scaffolder.template.management',
  'scaffolder.template.dry-run',
]);

/**
 * Everybody who is signed in may use templates, and nobody may manage or dry-run
 * them; put a rule for template authors before this one. A task, with what was
 * typed into the form and its log, is for the person who started it.
 *
 * @public
 */
export function protectTemplates(options: {
  ownership: Ownership;
}): PolicyRule {
  return async ({ permission }, user) => {
    if (!user || !permission.name.startsWith('scaffolder.')) {
      return undefined;
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)) {
      const claims = await options.ownership.refsOf(user.credentials);
      return createScaffolderTaskConditionalDecision(
        permission,
        scaffolderTaskConditions.isTaskOwner({
          createdBy: claims.filter(claim => claim.startsWith('user:')),
        }),
      );
    }
    return {
      result: DENIED.has(permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    };
  };
}
