// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** `fairway.binding`, read once. */
export interface BindingConfig {
  /** False: what would be refused is granted and recorded. */
  enforces: boolean;
  /** Whether configuration itself grants the place. */
  allows(
    entityRef: string,
    place: { cluster: string; namespace: string },
  ): boolean;
}

/** @throws InputError that names the field when a value cannot work */
export function readBindingConfig(config: Config): BindingConfig {
  const mode = config.getOptionalString('fairway.binding.mode') ?? 'enforce';
  if (mode !== 'enforce' && mode !== 'report') {
    throw new InputError(
      `fairway.binding.mode is "${mode}": give enforce or report`,
    );
  }
  const allowed = (
    config.getOptionalConfigArray('fairway.binding.allow') ?? []
  ).map((entry, index) => ({
    entityRef: canonical(
      entry.getString('entityRef'),
      `fairway.binding.allow[${index}].entityRef`,
    ),
    namespace: entry.getString('namespace'),
    cluster: entry.getOptionalString('cluster'),
  }));
  return {
    enforces: mode === 'enforce',
    allows: (entityRef, { cluster, namespace }) =>
      allowed.some(
        each =>
          each.entityRef === entityRef &&
          each.namespace === namespace &&
          (each.cluster ?? cluster) === cluster,
      ),
  };
}

function canonical(ref: string, field: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `${field} is "${ref}": give a reference such as component:default/orders`,
    );
  }
}
