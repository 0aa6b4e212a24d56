// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import type { PolicyRule } from './PolicyRule';

/**
 * Makes one policy of many rules, because a portal can have only one. The
 * rules are asked in order and the first answer wins; a request that no rule
 * answers is denied. An error in a rule fails the request, so it never grants.
 *
 * @public
 */
export function composePolicy(...rules: PolicyRule[]): PermissionPolicy {
  return {
    async handle(
      request: PolicyQuery,
      user?: PolicyQueryUser,
    ): Promise<PolicyDecision> {
      for (const rule of rules) {
        const decision = await rule(request, user);
        if (decision) {
          return decision;
        }
      }
      return { result: AuthorizeResult.DENY };
    },
  };
}
