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
  // Not one entity by its name: a name that is free would be an error in the console.
  const { items } = await catalog.getEntitiesByRefs({
    entityRefs: [
      stringifyEntityRef({ kind: 'component', namespace: 'default', name }),
    ],
    fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
  });
  const [entity] = items;
  if (!entity) {
    return undefined;
  }
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  );
  return owner ? parseEntityRef(owner.targetRef).name : null;
}
