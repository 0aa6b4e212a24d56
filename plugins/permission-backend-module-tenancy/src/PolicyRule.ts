// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { PolicyDecision } from '@backstage/plugin-permission-common';
import type {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

/**
 * One rule of a permission policy: a decision, or undefined when the rule has
 * nothing to say about the request. `user` is undefined for callers that are
 * not signed in.
 *
 * @public
 */
export type PolicyRule = (
  request: PolicyQuery,
  user: PolicyQueryUser | undefined,
) => PolicyDecision | Promise<PolicyDecision | undefined> | undefined;
