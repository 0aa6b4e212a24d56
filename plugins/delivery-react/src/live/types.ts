// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * How a document gets its news. `loading`: nothing yet; `live`: changes arrive by
 * the stream; `polling`: asked again by the clock; `paused`: the tab is hidden;
 * `error`: see `error`, older data may still be there; `gone`: it does not exist
 * or the reader may not see it, which are the same.
 *
 * @public
 */
export type LiveStatus =
  | 'loading'
  | 'live'
  | 'polling'
  | 'paused'
  | 'error'
  | 'gone';

/** @public */
export interface LiveRequest {
  /** Topic on the stream: `<plugin id>.<document>:<key>`. */
  topic: string;
  /** Address of the same document for plain requests, `plugin://` or absolute; answers with an ETag. */
  url: string;
}

/** What is known of a document at one moment. Never changed in place. @public */
export interface LiveState<T = unknown> {
  data?: T;
  status: LiveStatus;
  error?: Error;
  /** When `data` was last confirmed, milliseconds since 1970. */
  asOf?: number;
  /** Since when the stream holds without a break, milliseconds since 1970. */
  liveSince?: number;
}

/** The live documents of this browser tab. @public */
export interface DeliveryApi {
  /** What is known now; the same object until something changes. */
  read(request: LiveRequest): LiveState;
  /** Calls back after each change. Returns the way to stop. */
  observe(request: LiveRequest, changed: () => void): () => void;
  /** Asks for the document now, outside the stream. Never rejects: the outcome is in the state. */
  refresh(request: LiveRequest): Promise<void>;
}
