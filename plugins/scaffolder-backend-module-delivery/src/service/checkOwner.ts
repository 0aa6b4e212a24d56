// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { RELATION_MEMBER_OF, parseEntityRef } from '@backstage/catalog-model';
import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Whether the person who started the task is a member of the group. The catalog is
 * asked with the portal's own credentials: the question is about the person, and
 * what the person may see must not change the answer.
 *
 * @returns what is wrong with the owner, undefined when the person is a member
 */
export async function checkOwner(
  owner: string,
  initiator: BackstageCredentials,
  services: { catalog: CatalogService; auth: AuthService },
): Promise<string | undefined> {
  const { catalog, auth } = services;
  if (!auth.isPrincipal(initiator, 'user')) {
    return 'only a signed-in person can create a service for a group.';
  }
  const credentials = await auth.getOwnServiceCredentials();
  const [user, group] = (
    await catalog.getEntitiesByRefs(
      { entityRefs: [initiator.principal.userEntityRef, owner] },
      { credentials },
    )
  ).items;
  if (!group) {
    return `${owner} is not in the catalog. Choose one of your groups.`;
  }
  const groups = (user?.relations ?? [])
    .filter(({ type }) => type === RELATION_MEMBER_OF)
    .map(({ targetRef }) => targetRef);
  if (!groups.includes(owner)) {
    const own = groups.map(ref => parseEntityRef(ref).name);
    return `you are not a member of ${owner}. ${
      own.length > 0
        ? `Your groups: ${own.join(', ')}.`
        : 'You are in no group: ask the platform team to add you to one.'
    }`;
  }
  return undefined;
}
