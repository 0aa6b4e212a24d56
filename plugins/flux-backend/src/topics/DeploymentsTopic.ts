// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AccessGuard,
  LiveSnapshot,
  LiveTopic,
} from '@fairway/plugin-delivery-node';
import { fluxResourceReadPermission } from '@fairway/plugin-flux-common';
import type { SharedDocuments } from './SharedDocuments';

/** The deployments of an entity, live. Its key is the entity reference. */
export class DeploymentsTopic implements LiveTopic {
  readonly id = 'fairway-flux.deployments';
  readonly #guard: AccessGuard;
  readonly #documents: SharedDocuments;

  private constructor(guard: AccessGuard, documents: SharedDocuments) {
    this.#guard = guard;
    this.#documents = documents;
  }

  static create(options: {
    guard: AccessGuard;
    documents: SharedDocuments;
  }): DeploymentsTopic {
    return new DeploymentsTopic(options.guard, options.documents);
  }

  /** @throws NotFoundError when the caller may not see the entity */
  async authorize(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#guard.entity(key, fluxResourceReadPermission, credentials);
  }

  /** @throws NotFoundError when the caller may not see the entity */
  async snapshot(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<LiveSnapshot> {
    return this.#documents.read(
      await this.#guard.entity(key, fluxResourceReadPermission, credentials),
    );
  }

  subscribe(key: string, changed: () => void): () => void {
    return this.#documents.subscribe(key, changed);
  }
}
