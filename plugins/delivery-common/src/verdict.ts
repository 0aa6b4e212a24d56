// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from './sourceState';

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
