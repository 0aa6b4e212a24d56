// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterCredentials, ClusterToken } from './types';

/** A token is renewed this long before it ends. */
const RENEW_MS = 120_000;

/** A token this young is fresh: many watches that are refused at once share one renewal. */
const FRESH_MS = 5_000;

/** Keeps a token until shortly before its end, and asks for a new one only once at a time. */
export class CachedCredentials implements ClusterCredentials {
  readonly #load: (fresh: boolean) => Promise<ClusterToken>;
  #token?: ClusterToken;
  #loadedAt = 0;
  #pending?: Promise<ClusterToken>;

  private constructor(load: (fresh: boolean) => Promise<ClusterToken>) {
    this.#load = load;
  }

  /** @param load - gives a token; `fresh` when the one it gave last was refused */
  static create(
    load: (fresh: boolean) => Promise<ClusterToken>,
  ): CachedCredentials {
    return new CachedCredentials(load);
  }

  async getToken(options: { fresh?: boolean } = {}): Promise<ClusterToken> {
    if (this.#pending) {
      return this.#pending;
    }
    const now = Date.now();
    const token = this.#token;
    const left = token?.expiresAt ? token.expiresAt.getTime() - now : Infinity;
    const refused = options.fresh === true && now - this.#loadedAt > FRESH_MS;
    if (token && left > RENEW_MS && !refused) {
      return token;
    }
    this.#pending = this.#load(refused).finally(() => {
      this.#pending = undefined;
    });
    try {
      this.#token = await this.#pending;
      this.#loadedAt = Date.now();
      return this.#token;
    } catch (error) {
      if (token && left > 0 && !refused) {
        return token;
      }
      throw error;
    }
  }
}
