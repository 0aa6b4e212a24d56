// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  Phrase,
  SourceState,
  Verdict,
} from '@fairway/plugin-delivery-common';
import type { PlaceState } from '../deployments';
import { secondsSince } from '../status/timing';
import type { TargetFacts } from './types';

type PlaceVerdict = Verdict<PlaceState>;

/** A cluster that restarts its API server is away for less (control-plane reference, recording 16). */
const PATIENCE_SECONDS = 120;
/** The source said nothing lately; what is shown is what it last said. */
const SILENT: SourceState[] = [
  'stale',
  'stopped',
  'unreachable',
  'unauthorized',
];

function unseen(
  state: 'not-bound' | 'unavailable' | 'empty',
  reason: Phrase,
  next: string,
): PlaceVerdict {
  return {
    state,
    tone: 'unknown',
    reason,
    next: { code: next, params: {} },
    evidence: [],
  };
}

function isSeen({ kustomization, workloads }: TargetFacts): boolean {
  return kustomization !== undefined || workloads.length > 0;
}

/**
 * The verdict about a place that cannot be seen, or of which nothing can be
 * seen: not granted, not readable, or empty. Nothing is called empty as long as
 * a part of it cannot be read.
 */
export function withoutSight(facts: TargetFacts): PlaceVerdict | undefined {
  const { cluster, namespace, refused, source, fluxSource } = facts;
  const { state } = refused ?? source;
  if (state === 'not-bound') {
    return unseen(
      'not-bound',
      { code: 'place.not-bound', params: {} },
      'next.bind',
    );
  }
  if (!refused && isSeen(facts)) {
    return undefined;
  }
  if (!refused && state === 'partial' && fluxSource.state === 'forbidden') {
    return unseen(
      'unavailable',
      { code: 'place.flux-unseen', params: {} },
      'next.grant-portal',
    );
  }
  if (refused || state !== 'current') {
    return unseen(
      'unavailable',
      { code: `place.unavailable.${state}`, params: {} },
      'next.cluster',
    );
  }
  return unseen(
    'empty',
    { code: 'place.empty', params: { cluster, namespace } },
    'next.first-deployment',
  );
}

/**
 * Good news from a source that has been silent for minutes are not news any
 * more. Bad news stay: nobody heard that it got better.
 */
export function whenLastSeen(
  verdict: PlaceVerdict,
  { source, now }: TargetFacts,
): PlaceVerdict {
  const { state, asOf } = source;
  const silent =
    SILENT.includes(state) &&
    asOf !== undefined &&
    secondsSince(asOf, now) > PATIENCE_SECONDS;
  return silent && ['positive', 'progressing'].includes(verdict.tone)
    ? {
        state: 'unavailable',
        tone: 'unknown',
        reason: { code: 'place.last-seen', params: { seenAt: asOf } },
        next: { code: 'next.cluster', params: {} },
        evidence: verdict.evidence,
      }
    : verdict;
}
