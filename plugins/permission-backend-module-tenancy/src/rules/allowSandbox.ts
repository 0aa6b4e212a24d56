// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyRule } from '../PolicyRule';

/**
 * Everybody who is signed in may use the controls of the sandbox.
 *
 * @public
 */
export const allowSandbox: PolicyRule = ({ permission }, user) =>
  user && permission.name.startsWith('fairway-sandbox.')
    ? { result: AuthorizeResult.ALLOW }
    : undefined;
