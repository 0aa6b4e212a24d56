// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * The default policy: you see what you own.
 *
 * @packageDocumentation
 */

export { permissionModuleTenancy as default } from './module';
export { composePolicy } from './composePolicy';
export { DefaultLeadership, type Leadership } from './Leadership';
export type { PolicyRule } from './PolicyRule';
export { type LeadsConfig, readLeads } from './readLeads';
export { readPlatformGroups } from './readPlatformGroups';
export { allowOwnersOfEntities } from './rules/allowOwnersOfEntities';
export { allowPlatformGroups } from './rules/allowPlatformGroups';
export { allowSandbox } from './rules/allowSandbox';
export { allowSignedIn } from './rules/allowSignedIn';
export { protectCatalog } from './rules/protectCatalog';
export { protectKubernetes } from './rules/protectKubernetes';
export { protectTemplates } from './rules/protectTemplates';
export { reserveForLeads } from './rules/reserveForLeads';
export { tenancyRules } from './tenancyRules';
