// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from './phrases/Phrase';

/**
 * What is known about a source of data, beside every block that it feeds.
 * Zero, nothing, unknown and forbidden are different, always.
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

/** State of one source, with the age of what it last gave. @public */
export interface SourceStatus {
  state: SourceState;
  /** Instant (ISO 8601) at which the source was last heard; absent when it never was. */
  asOf?: string;
  reason?: Phrase;
  next?: Phrase;
}

/** From nothing to worry about to no data at all. */
const BY_SEVERITY: readonly SourceState[] = [
  'current',
  'disabled',
  'not-installed',
  'not-collected',
  'partial',
  'stale',
  'not-bound',
  'forbidden',
  'stopped',
  'unauthorized',
  'unreachable',
];

/**
 * The status that a block shows when it rests on several sources: the worst; of
 * equals the one that is silent for longest.
 *
 * @public
 */
export function worstSource(
  statuses: readonly SourceStatus[],
): SourceStatus | undefined {
  return [...statuses].sort(
    (a, b) =>
      BY_SEVERITY.indexOf(b.state) - BY_SEVERITY.indexOf(a.state) ||
      (a.asOf ?? '').localeCompare(b.asOf ?? ''),
  )[0];
}
