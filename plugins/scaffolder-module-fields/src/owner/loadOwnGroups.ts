// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  RELATION_MEMBER_OF,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { IdentityApi } from '@backstage/frontend-plugin-api';
import type { CatalogApi } from '@backstage/plugin-catalog-react';

/** A group as a choice. */
export interface OwnGroup {
  ref: string;
  title: string;
}

function isGroup(ref: string): boolean {
  return parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === 'group';
}

/**
 * The groups that the user is a member of, by title. Ownership claims may also hold
 * parent groups; a service belongs to a team, so where the catalog says of which
 * groups the user is a direct member, only these count.
 */
export async function loadOwnGroups(
  identity: IdentityApi,
  catalog: CatalogApi,
): Promise<OwnGroup[]> {
  const { userEntityRef, ownershipEntityRefs } =
    await identity.getBackstageIdentity();
  const claimed = ownershipEntityRefs.filter(isGroup);
  const user = await catalog.getEntityByRef(userEntityRef);
  const direct = new Set(
    (user?.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef),
  );
  const refs =
    direct.size > 0 ? claimed.filter(ref => direct.has(ref)) : claimed;
  if (refs.length === 0) {
    return [];
  }
  const { items } = await catalog.getEntitiesByRefs({
    entityRefs: refs,
    fields: [
      'kind',
      'metadata.name',
      'metadata.namespace',
      'metadata.title',
      'spec.profile',
    ],
  });
  // A group that the catalog does not know cannot own anything in it.
  return items
    .flatMap(group => group ?? [])
    .map(group => {
      const profile = group.spec?.profile;
      const displayName =
        typeof profile === 'object' && profile && 'displayName' in profile
          ? profile.displayName
          : undefined;
      return {
        ref: stringifyEntityRef(group),
        title: String(
          displayName ?? group.metadata.title ?? group.metadata.name,
        ),
      };
    })
    .sort((a, b) => a.title.localeCompare(b.title));
}
