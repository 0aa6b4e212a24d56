// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { IdentityApi } from '@backstage/frontend-plugin-api';
import { chosenPersona } from './personas';

/** The identity of a signed-in persona, which forgets the choice when it signs out. */
export class PersonaIdentity implements IdentityApi {
  readonly #session: IdentityApi;

  private constructor(session: IdentityApi) {
    this.#session = session;
  }

  static create(options: { session: IdentityApi }): PersonaIdentity {
    return new PersonaIdentity(options.session);
  }

  getProfileInfo() {
    return this.#session.getProfileInfo();
  }

  getBackstageIdentity() {
    return this.#session.getBackstageIdentity();
  }

  getCredentials() {
    return this.#session.getCredentials();
  }

  async signOut() {
    chosenPersona.clear();
    await this.#session.signOut();
  }
}
