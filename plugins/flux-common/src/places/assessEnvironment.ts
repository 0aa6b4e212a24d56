// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase, Verdict } from '@fairway/plugin-delivery-common';
import type { PlaceState } from '../deployments';

/** States from the one that needs a person most to the one that needs nobody. @public */
export const PLACE_STATES_WORST_FIRST: readonly PlaceState[] = [
  'stalled',
  'failing',
  'degraded',
  'stale',
  'terminating',
  'waiting',
  'suspended',
  'unavailable',
  'unknown',
  'progressing',
  'requested',
  'drifted',
  'mixed',
  'not-bound',
  'empty',
  'static',
  'ready',
];

/** One target as the verdict about its environment needs it. @public */
export interface AssessedTarget {
  cluster: string;
  verdict: Verdict<PlaceState>;
  /** What runs there and since when, ISO 8601. */
  deployed?: { version: string; since: string };
}

function severity(target: AssessedTarget): number {
  const tones = ['negative', 'warning', 'unknown', 'paused', 'progressing'];
  const tone = tones.indexOf(target.verdict.tone);
  return (
    PLACE_STATES_WORST_FIRST.indexOf(target.verdict.state) * 10 +
    (tone < 0 ? 9 : tone)
  );
}

/** The version that came last to any of the targets. */
function newestVersion(targets: AssessedTarget[]): string | undefined {
  return targets
    .flatMap(target => target.deployed ?? [])
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since))[0]?.version;
}

function sameReason(a: Phrase, b: Phrase): boolean {
  return a.code === b.code;
}

/**
 * The verdict about an environment: the worst of its targets; with several
 * regions, in words that say how many: `1.5.0 in 1 of 2 regions`. Pure.
 *
 * @public
 */
export function assessEnvironment(
  targets: AssessedTarget[],
): Verdict<PlaceState> {
  if (targets.length === 0) {
    return {
      state: 'unknown',
      tone: 'unknown',
      reason: { code: 'place.no-targets', params: {} },
      next: { code: 'next.configure-environment', params: {} },
      evidence: [],
    };
  }
  const [worst] = [...targets].sort(
    (a, b) => severity(a) - severity(b) || a.cluster.localeCompare(b.cluster),
  );
  const version = newestVersion(targets);
  const versions = new Set(targets.map(target => target.deployed?.version));
  const alike = targets.every(
    target =>
      target.verdict.state === worst.verdict.state &&
      sameReason(target.verdict.reason, worst.verdict.reason),
  );
  if (targets.length === 1 || (alike && versions.size === 1)) {
    return worst.verdict;
  }
  const at = targets.filter(
    target =>
      target.deployed?.version === version &&
      ['ready', 'requested', 'static'].includes(target.verdict.state),
  ).length;
  const affected = targets.filter(
    target => target.verdict.state === worst.verdict.state,
  );
  const params: Phrase['params'] = {
    version: version ?? '',
    at,
    total: targets.length,
    affected: affected.length,
    clusters: affected.map(target => target.cluster).join(', '),
  };
  const allReady = targets.every(target => target.verdict.state === 'ready');
  if (allReady && versions.size > 1) {
    return {
      state: 'mixed',
      tone: 'warning',
      reason: { code: 'regions.mixed', params },
      next: { code: 'next.other-region', params: {} },
      evidence: targets.flatMap(target => target.verdict.evidence),
    };
  }
  return {
    ...worst.verdict,
    reason: { code: `regions.${worst.verdict.state}`, params },
  };
}
