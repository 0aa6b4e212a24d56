// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * What is known about a source of data, beside every block that it feeds.
 * Zero, nothing, unknown and forbidden are different, always (DESIGN section 5).
 */
export const SOURCE_STATES = [
  'current',
  'stale',
  'partial',
  'stopped',
  'unreachable',
  'unauthorized',
  'forbidden',
  'not-installed',
  'not-collected',
  'not-bound',
  'disabled',
] as const;

/** @public */
export type SourceState = (typeof SOURCE_STATES)[number];

/** A code with parameters: rendered to English here for API, notifications and actions, and by translation in the interface. @public */
export interface Phrase {
  code: string;
  params: Record<string, string | number>;
}

/** State of one source, with the age of what it last gave. @public */
export interface SourceStatus {
  state: SourceState;
  /** Instant (ISO 8601) of the newest data; absent when there never was any. */
  asOf?: string;
  reason?: Phrase;
  next?: Phrase;
}
