// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';

/**
 * The full, lower-case reference of a group, which is the form of ownership
 * references.
 *
 * @throws InputError that names the field when it is no group
 */
export function readGroupRef(group: string, field: string): string {
  const ref = parseGroup(group);
  if (ref?.kind.toLocaleLowerCase('en-US') !== 'group') {
    throw new InputError(
      `${field} is '${group}', which is not a group; write it as 'group:<namespace>/<name>'`,
    );
  }
  return stringifyEntityRef(ref);
}

function parseGroup(ref: string) {
  try {
    return parseEntityRef(ref, { defaultKind: 'group' });
  } catch {
    return undefined;
  }
}
