// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** A document at one moment. `etag` changes exactly when `data` does. @public */
export interface LiveSnapshot {
  etag: string;
  data: unknown;
}

/**
 * One kind of live document, offered by a plugin to the stream of
 * delivery-backend. A topic on the wire is `<id>:<key>`, for example
 * `fairway-flux.deployments:component:default/orders`.
 *
 * @public
 */
export interface LiveTopic {
  /** `<plugin id>.<document>`. */
  id: string;
  /** Called at the start of the stream and again at least every 60 s. @throws NotFoundError when the caller may not see it */
  authorize(key: string, credentials: BackstageCredentials): Promise<void>;
  /** The document, from what was observed: causes no upstream call. */
  snapshot(
    key: string,
    credentials: BackstageCredentials,
  ): Promise<LiveSnapshot>;
  /** Calls back when the document of `key` may have changed. Returns the way to stop. */
  subscribe(key: string, changed: () => void): () => void;
}

/** Where plugins offer topics and the stream finds them; root-scoped. @public */
export interface LiveTopics {
  register(topic: LiveTopic): void;
  get(id: string): LiveTopic | undefined;
}
