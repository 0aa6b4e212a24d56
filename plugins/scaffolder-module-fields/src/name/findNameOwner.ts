// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  RELATION_OWNED_BY,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/**
 * Who has a service of this name, from the catalog.
 *
 * @returns name of the owning group; `null` when the name is taken and nobody owns
 *   it; undefined when it is free
 * @throws Error when the catalog does not answer
 */
export async function findNameOwner(
  catalog: CatalogApi,
  name: string,
): Promise<string | null | undefined> {
  const entity = await catalog.getEntityByRef(
    stringifyEntityRef({ kind: 'component', namespace: 'default', name }),
  );
  if (!entity) {
    return undefined;
  }
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  );
  return owner ? parseEntityRef(owner.targetRef).name : null;
}
