// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  HomeAttention,
  HomeEnvironment,
  HomeService,
  Tone,
} from '@fairway/plugin-delivery-common';

/** Worst first. */
const TONES: Tone[] = [
  'negative',
  'warning',
  'unknown',
  'progressing',
  'paused',
  'positive',
];
/** What somebody has to look at; the others settle by themselves or are meant so. */
const WAITING: Tone[] = ['negative', 'warning'];

function byTone(a: { tone: Tone }, b: { tone: Tone }): number {
  return TONES.indexOf(a.tone) - TONES.indexOf(b.tone);
}

/** The cell with the worst tone; the first of equals. */
export function worst(cells: HomeEnvironment[]): HomeEnvironment {
  return [...cells].sort(byTone)[0];
}

/** What waits for the reader, worst first, else in the order of the services. */
export function needsYou(services: HomeService[]): HomeAttention[] {
  return services
    .flatMap(({ entityRef, title, environments }) =>
      environments
        .filter(({ tone }) => WAITING.includes(tone))
        .map(cell => ({
          entityRef,
          title,
          environment: cell.title,
          tone: cell.tone,
          reason: cell.reason,
        })),
    )
    .sort(byTone);
}
