// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyRule } from '../PolicyRule';

// Both run or show unreviewed templates with the portal's own credentials.
const DENIED = new Set([
  'scaffolder.template.management',
  'scaffolder.template.dry-run',
]);

/**
 * Everybody who is signed in may use templates, and nobody may manage or
 * dry-run them; put a rule for template authors before this one.
 *
 * @public
 */
export const protectTemplates: PolicyRule = ({ permission }, user) => {
  if (!user || !permission.name.startsWith('scaffolder.')) {
    return undefined;
  }
  return {
    result: DENIED.has(permission.name)
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW,
  };
};
