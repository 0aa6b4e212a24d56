// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from './phrases/Phrase';

/** How a verdict is meant, independent of its state's name. @public */
export type Tone =
  | 'positive'
  | 'progressing'
  | 'paused'
  | 'warning'
  | 'negative'
  | 'unknown';

/** What a verdict rests on: raw words of the source, never our reading. @public */
export interface Evidence {
  /** Where it was read: `aks-dev-weu: Kustomization team-a/orders`. */
  source: string;
  /** Raw reason of the source, such as `HealthCheckFailed`. */
  reason?: string;
  /** Raw message of the source, at most 2 KB. */
  message?: string;
  /** ISO 8601. */
  time?: string;
  /** http or https only. */
  link?: string;
}

/** One computed judgement, used alike by card, list, API and notification. @public */
export interface Verdict<State extends string = string> {
  state: State;
  tone: Tone;
  reason: Phrase;
  next?: Phrase;
  evidence: Evidence[];
}

/** From calm to urgent. */
const BY_URGENCY: readonly Tone[] = [
  'positive',
  'progressing',
  'paused',
  'unknown',
  'warning',
  'negative',
];

/**
 * Orders tones worst first, for lists that start with what needs somebody.
 *
 * @returns a number below 0 when `a` is worse than `b`
 * @public
 */
export function compareTones(a: Tone, b: Tone): number {
  return BY_URGENCY.indexOf(b) - BY_URGENCY.indexOf(a);
}

/** The tone of a whole that has these parts; undefined for no parts. @public */
export function worstTone(tones: readonly Tone[]): Tone | undefined {
  return [...tones].sort(compareTones)[0];
}
