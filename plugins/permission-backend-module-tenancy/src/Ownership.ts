// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';

/**
 * Tells what a user owns things as.
 *
 * @public
 */
export interface Ownership {
  /** Entity references of the user and the groups the user speaks for. */
  refsOf(user: PolicyQueryUser): Promise<string[]>;
}

/**
 * Reads ownership from the user info service. The permission backend hands
 * the same credentials object to every item of a batch, so the answer is kept
 * per credentials object: one look-up per batch, gone with the request.
 *
 * @public
 */
export class DefaultOwnership implements Ownership {
  readonly #userInfo: UserInfoService;
  readonly #known = new WeakMap<BackstageCredentials, Promise<string[]>>();

  private constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  static create(options: { userInfo: UserInfoService }): DefaultOwnership {
    return new DefaultOwnership(options.userInfo);
  }

  refsOf(user: PolicyQueryUser): Promise<string[]> {
    const known = this.#known.get(user.credentials);
    if (known) {
      return known;
    }
    const refs = this.#userInfo
      .getUserInfo(user.credentials)
      .then(info => info.ownershipEntityRefs);
    this.#known.set(user.credentials, refs);
    return refs;
  }
}
