// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { HOME_TOPIC } from '@fairway/plugin-delivery-common';
import {
  etagOf,
  type LiveSnapshot,
  type LiveTopic,
  type WatchCache,
} from '@fairway/plugin-delivery-node';
import type { HomeDocuments } from './HomeDocuments';

/** Some object of some cluster changes all the time; the home page is an overview. */
const QUIET_MS = 5_000;

const [ID, KEY] = HOME_TOPIC.split(':');

/** The home page's document, live: whose it is follows from the credentials. */
export class HomeTopic implements LiveTopic {
  readonly id = ID;
  readonly #documents: HomeDocuments;
  readonly #watch: WatchCache;
  readonly #auth: AuthService;

  private constructor(
    documents: HomeDocuments,
    watch: WatchCache,
    auth: AuthService,
  ) {
    this.#documents = documents;
    this.#watch = watch;
    this.#auth = auth;
  }

  static create(options: {
    documents: HomeDocuments;
    watch: WatchCache;
    auth: AuthService;
  }): HomeTopic {
    return new HomeTopic(options.documents, options.watch, options.auth);
  }

  /**
   * Also looks at what the caller owns and may see, for all snapshots until the next time.
   *
   * @throws NotFoundError for another key than `me`, and for callers who are no user
   */
  async authorize(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#documents.look(this.#userOf(key, credentials));
  }

  /** @throws NotFoundError as `authorize` does */
  async snapshot(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<LiveSnapshot> {
    const data = await this.#documents.readAgain(
      this.#userOf(key, credentials),
    );
    return { etag: etagOf(data), data };
  }

  /** Changes of any cluster, told at most every 5 s. */
  subscribe(_key: string, changed: () => void): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = this.#watch.subscribe({}, () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        changed();
      }, QUIET_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }

  #userOf(
    key: string,
    credentials: BackstageCredentials,
  ): BackstageCredentials<BackstageUserPrincipal> {
    if (key !== KEY || !this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotFoundError(`No home ${key}`);
    }
    return credentials;
  }
}
