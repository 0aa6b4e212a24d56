// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Ownership } from '@fairway/plugin-delivery-node';
import type { Leadership } from './Leadership';
import type { PolicyRule } from './PolicyRule';
import { allowOwnersOfEntities } from './rules/allowOwnersOfEntities';
import { allowPlatformGroups } from './rules/allowPlatformGroups';
import { allowSandbox } from './rules/allowSandbox';
import { allowSignedIn } from './rules/allowSignedIn';
import { protectCatalog } from './rules/protectCatalog';
import { protectKubernetes } from './rules/protectKubernetes';
import { protectTemplates } from './rules/protectTemplates';
import { reserveForLeads } from './rules/reserveForLeads';

/**
 * The rules of the default policy, in their order: you see what you own.
 *
 * @param options.leadPermissions - names of the permissions that only leads have
 * @public
 */
export function tenancyRules(options: {
  platformGroups: string[];
  ownership: Ownership;
  leadership: Leadership;
  leadPermissions: string[];
}): PolicyRule[] {
  return [
    allowPlatformGroups(options),
    reserveForLeads({ ...options, permissions: options.leadPermissions }),
    allowOwnersOfEntities(options),
    protectCatalog(options),
    protectTemplates(options),
    protectKubernetes,
    allowSandbox,
    allowSignedIn,
  ];
}
