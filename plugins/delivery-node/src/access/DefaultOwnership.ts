// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  AuthService,
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { GroupTree } from './GroupTree';
import type { Ownership } from './types';

/**
 * Ownership from the user info service and the groups of the catalog. The
 * permission backend hands the same credentials object to every item of a batch, so
 * what a person is, is kept per credentials object: one look-up per batch, gone
 * with the request.
 */
export class DefaultOwnership implements Ownership {
  readonly #userInfo: UserInfoService;
  readonly #groups: GroupTree;
  readonly #known = new WeakMap<BackstageCredentials, Promise<string[]>>();

  private constructor(userInfo: UserInfoService, groups: GroupTree) {
    this.#userInfo = userInfo;
    this.#groups = groups;
  }

  static create(options: {
    userInfo: UserInfoService;
    catalog: CatalogService;
    auth: AuthService;
  }): DefaultOwnership {
    return new DefaultOwnership(options.userInfo, GroupTree.create(options));
  }

  refsOf(credentials: BackstageCredentials): Promise<string[]> {
    const known = this.#known.get(credentials);
    if (known) {
      return known;
    }
    const refs = this.#userInfo
      .getUserInfo(credentials)
      .then(info => info.ownershipEntityRefs);
    this.#known.set(credentials, refs);
    return refs;
  }

  async reachOf(credentials: BackstageCredentials): Promise<string[]> {
    const refs = await this.refsOf(credentials);
    const groups = refs.filter(ref => ref.startsWith('group:'));
    const below = await Promise.all(
      groups.map(group => this.#groups.below(group)),
    );
    return [...new Set([...refs, ...below.flat()])];
  }
}
