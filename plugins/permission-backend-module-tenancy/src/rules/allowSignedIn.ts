// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyRule } from '../PolicyRule';

/**
 * The last rule: what no rule before it decided is allowed for everybody who
 * is signed in, and denied for everybody else.
 *
 * @public
 */
export const allowSignedIn: PolicyRule = (_request, user) => ({
  result: user ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
});
