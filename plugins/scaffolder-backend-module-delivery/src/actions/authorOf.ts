// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseEntityRef, type UserEntity } from '@backstage/catalog-model';

/** Author of a commit: the person who started the task, as the catalog knows them. */
export function authorOf(
  user:
    | {
        entity?: UserEntity;
        ref?: string;
      }
    | undefined,
): { name: string; email: string } | undefined {
  const profile = user?.entity?.spec.profile;
  const name =
    profile?.displayName ?? (user?.ref && parseEntityRef(user.ref).name);
  return name && profile?.email ? { name, email: profile.email } : undefined;
}
