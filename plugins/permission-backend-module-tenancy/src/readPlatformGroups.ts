// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { RootConfigService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

const KEY = 'fairway.tenancy.platformGroups';
const DEFAULT_GROUPS = ['group:default/platform'];

/**
 * Reads `fairway.tenancy.platformGroups` as full, lower-case entity
 * references, which is the form of ownership references.
 *
 * @throws InputError that names the entry when it is not a group reference
 * @public
 */
export function readPlatformGroups(config: RootConfigService): string[] {
  const groups = config.getOptionalStringArray(KEY) ?? DEFAULT_GROUPS;
  return groups.map((group, index) => {
    const ref = parseGroup(group);
    if (ref?.kind.toLocaleLowerCase('en-US') !== 'group') {
      throw new InputError(
        `${KEY}[${index}] is '${group}', which is not a group; write it as 'group:<namespace>/<name>'`,
      );
    }
    return stringifyEntityRef(ref);
  });
}

function parseGroup(ref: string) {
  try {
    return parseEntityRef(ref, { defaultKind: 'group' });
  } catch {
    return undefined;
  }
}
