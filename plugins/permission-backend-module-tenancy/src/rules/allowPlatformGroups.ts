// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Ownership } from '@fairway/plugin-delivery-node';
import type { PolicyRule } from '../PolicyRule';

/**
 * Members of the given groups may do everything.
 *
 * @public
 */
export function allowPlatformGroups(options: {
  platformGroups: string[];
  ownership: Ownership;
}): PolicyRule {
  const platformGroups = new Set(options.platformGroups);
  return async (_request, user) => {
    if (!user) {
      return undefined;
    }
    const refs = await options.ownership.refsOf(user.credentials);
    return refs.some(ref => platformGroups.has(ref))
      ? { result: AuthorizeResult.ALLOW }
      : undefined;
  };
}
