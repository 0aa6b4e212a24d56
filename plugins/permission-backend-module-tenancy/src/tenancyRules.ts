// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Ownership } from './Ownership';
import type { PolicyRule } from './PolicyRule';
import { allowOwnersOfEntities } from './rules/allowOwnersOfEntities';
import { allowPlatformGroups } from './rules/allowPlatformGroups';
import { allowSandbox } from './rules/allowSandbox';
import { allowSignedIn } from './rules/allowSignedIn';
import { protectCatalog } from './rules/protectCatalog';
import { protectTemplates } from './rules/protectTemplates';

/**
 * The rules of the default policy, in their order: you see what you own.
 *
 * @public
 */
export function tenancyRules(options: {
  platformGroups: string[];
  ownership: Ownership;
}): PolicyRule[] {
  return [
    allowPlatformGroups(options),
    allowOwnersOfEntities(options),
    protectCatalog(options),
    protectTemplates,
    allowSandbox,
    allowSignedIn,
  ];
}
