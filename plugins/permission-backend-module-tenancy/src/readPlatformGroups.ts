// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { RootConfigService } from '@backstage/backend-plugin-api';
import { readGroupRef } from './readGroupRef';

const KEY = 'fairway.tenancy.platformGroups';
const DEFAULT_GROUPS = ['group:default/platform'];

/**
 * Reads `fairway.tenancy.platformGroups`.
 *
 * @throws InputError that names the entry when it is not a group reference
 * @public
 */
export function readPlatformGroups(config: RootConfigService): string[] {
  const groups = config.getOptionalStringArray(KEY) ?? DEFAULT_GROUPS;
  return groups.map((group, index) => readGroupRef(group, `${KEY}[${index}]`));
}
