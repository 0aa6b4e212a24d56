// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  phrase,
  type Evidence,
  type Phrase,
  type Verdict,
} from '@fairway/plugin-delivery-common';
import type { PlaceState } from '../deployments';
import { failedObjects } from '../status/explainFailure';
import { causeOfTrouble, paramsOfTrouble } from './podTrouble';
import { rolloutOf } from './rollout';
import type { PlacedWorkload, TargetFacts, WorkloadTrouble } from './types';
import { whenLastSeen, withoutSight } from './withoutSight';

type PlaceVerdict = Verdict<PlaceState>;

function causeOf({ reason, message }: WorkloadTrouble): string {
  return causeOfTrouble(reason, message);
}

function nextFor(trouble: WorkloadTrouble): Phrase {
  const { image = '' } = paramsOfTrouble(trouble);
  return phrase(`next.${causeOf(trouble)}`, image ? { image } : {});
}

/** Kept states: the Flux object's own verdict says more than its pods do. */
const FLUX_DECIDES = new Set<PlaceState>([
  'terminating',
  'suspended',
  'stalled',
  'waiting',
]);

function podsOf(workloads: PlacedWorkload[]) {
  return {
    desired: workloads.reduce((sum, w) => sum + w.desired, 0),
    ready: workloads.reduce((sum, w) => sum + Math.min(w.ready, w.desired), 0),
  };
}

/** Pods of the newest template: what a rollout is about. */
function updatedPodsOf(workloads: PlacedWorkload[]) {
  return podsOf(
    workloads.map(w => ({
      ...w,
      ready: rolloutOf(w) === 'complete' ? w.ready : w.updatedReady ?? w.ready,
    })),
  );
}

function troubleEvidence({
  cluster,
  namespace,
  workloads,
}: TargetFacts): Evidence[] {
  return workloads.flatMap(({ kind, name, trouble }) => {
    if (!trouble) {
      return [];
    }
    const { pod, container, reason, message } = trouble;
    const object = pod
      ? `Pod ${namespace}/${pod}`
      : `${kind} ${namespace}/${name}`;
    return {
      source: `${cluster}: ${object}${container ? ` (${container})` : ''}`,
      reason,
      ...(message ? { message } : {}),
    };
  });
}

function worstTrouble(workloads: PlacedWorkload[]) {
  return workloads
    .map(w => w.trouble)
    .filter(trouble => trouble !== undefined)
    .sort((a, b) => b.pods - a.pods)[0];
}

/**
 * The objects that keep a Kustomization from becoming healthy when none of
 * them is the entity's own and all of its own run: a neighbour in the same
 * Kustomization holds it up.
 */
function neighbours(facts: TargetFacts): string[] {
  const { kustomization, workloads } = facts;
  if (kustomization?.assessment.state !== 'failing' || !workloads.length) {
    return [];
  }
  const fine = workloads.every(
    w => rolloutOf(w) === 'complete' && w.ready >= w.desired,
  );
  const failed = kustomization.assessment.evidence.flatMap(e =>
    failedObjects(e.message ?? ''),
  );
  const own = failed.some(object =>
    workloads.some(w => w.kind === object.kind && w.name === object.name),
  );
  return fine && !own ? [...new Set(failed.map(object => object.name))] : [];
}

function byFlux(facts: TargetFacts): PlaceVerdict | undefined {
  const assessment = facts.kustomization?.assessment;
  if (!assessment) {
    return undefined;
  }
  const { state, tone, reason, next, evidence } = assessment;
  if (FLUX_DECIDES.has(state)) {
    return { state, tone, reason, ...(next ? { next } : {}), evidence };
  }
  if (state !== 'failing') {
    return undefined;
  }
  const [neighbour] = neighbours(facts);
  if (neighbour) {
    return {
      state: 'waiting',
      tone: 'warning',
      reason: phrase('place.held-up', {
        name: neighbour,
        kustomization: facts.kustomization?.resource.name ?? '',
      }),
      next: phrase('next.neighbour', { name: neighbour }),
      evidence,
    };
  }
  const trouble = worstTrouble(facts.workloads);
  const checked =
    reason.code.startsWith('failing.health-check') ||
    reason.code === 'failing.retrying';
  return {
    state,
    tone,
    // That a health check failed is the symptom; what its pods say is the cause.
    ...(checked && trouble
      ? {
          reason: phrase(`pods.${causeOf(trouble)}`, {
            version: facts.wanted ?? facts.version ?? '',
            ...paramsOfTrouble(trouble),
          }),
          next: nextFor(trouble),
        }
      : { reason, ...(next ? { next } : {}) }),
    evidence: [...evidence, ...troubleEvidence(facts)],
  };
}

/** The pods' own word, when it is not "all ready". */
function byPods(facts: TargetFacts): PlaceVerdict | undefined {
  const { workloads } = facts;
  const pods = updatedPodsOf(workloads);
  const rollouts = workloads.map(rolloutOf);
  const trouble = worstTrouble(workloads);
  const cause = trouble && causeOf(trouble);
  const next = trouble ? nextFor(trouble) : phrase('next.look-at-pods');
  const version = facts.wanted ?? facts.version ?? '';
  const params = {
    version,
    ready: pods.ready,
    desired: pods.desired,
    ...(trouble ? paramsOfTrouble(trouble) : {}),
  };
  const evidence = [
    ...troubleEvidence(facts),
    ...(facts.kustomization?.assessment.evidence ?? []),
  ];
  if (rollouts.includes('stuck')) {
    return {
      state: 'degraded',
      tone: 'negative',
      reason: phrase(`degraded.${cause ?? 'stuck'}`, params),
      next,
      evidence,
    };
  }
  if (rollouts.includes('rolling')) {
    return {
      state: 'progressing',
      tone: cause ? 'warning' : 'progressing',
      reason: phrase(cause ? `rolling.${cause}` : 'rolling', params),
      ...(cause ? { next } : {}),
      evidence,
    };
  }
  if (rollouts.includes('paused')) {
    return {
      state: 'suspended',
      tone: 'paused',
      reason: phrase('rolling.paused', params),
      next: phrase('next.unpause'),
      evidence,
    };
  }
  if (pods.ready < pods.desired) {
    return {
      state: 'degraded',
      tone: pods.ready === 0 ? 'negative' : 'warning',
      reason: phrase(cause ? `degraded.${cause}` : 'degraded', params),
      next,
      evidence,
    };
  }
  return undefined;
}

function live(facts: TargetFacts): PlaceVerdict {
  const { workloads, kustomization } = facts;
  const assessment = kustomization?.assessment;
  const evidence = assessment?.evidence ?? [];
  const version = facts.version ?? '';
  const pods = podsOf(workloads);
  if (!assessment && facts.fluxSource.state === 'forbidden') {
    return {
      state: 'unknown',
      tone: 'unknown',
      reason: phrase('live.flux-unseen', { version }),
      next: phrase('next.grant-portal'),
      evidence,
    };
  }
  if (!assessment) {
    return {
      state: 'ready',
      tone: 'warning',
      reason: phrase('live.unmanaged', { version }),
      next: phrase('next.manage'),
      evidence,
    };
  }
  const { state } = assessment;
  const follows = { tone: assessment.tone, evidence };
  // Its own objects stand still and run: what Flux does at this moment is its
  // routine, or a commit of somebody else in the same repository.
  const routine =
    state === 'progressing' &&
    workloads.length > 0 &&
    !facts.wanted &&
    assessment.phase !== 'first' &&
    assessment.tone === 'progressing' &&
    kustomization?.resource.lastAppliedRevision !== undefined;
  if (state !== 'ready' && state !== 'static' && !routine) {
    return {
      state,
      ...follows,
      reason: assessment.reason,
      ...(assessment.next ? { next: assessment.next } : {}),
    };
  }
  if (facts.wanted) {
    return {
      state: 'progressing',
      tone: 'progressing',
      reason: phrase('live.next', { version, wanted: facts.wanted }),
      evidence,
    };
  }
  if (workloads.length === 0) {
    return {
      state: 'ready',
      ...follows,
      reason:
        assessment.tone === 'positive'
          ? phrase('live.no-workloads')
          : assessment.reason,
      ...(assessment.next ? { next: assessment.next } : {}),
    };
  }
  if (pods.desired === 0) {
    return {
      state: 'ready',
      tone: 'paused',
      reason: phrase('live.at-zero', { version }),
      evidence,
    };
  }
  if (state === 'ready' && assessment.tone === 'warning') {
    return {
      state: 'ready',
      ...follows,
      reason: phrase('live.source', { version }),
      ...(assessment.next ? { next: assessment.next } : {}),
    };
  }
  return {
    state: 'ready',
    tone: 'positive',
    reason: phrase('live', { version }),
    ...(assessment.qualifier === 'applied'
      ? { next: phrase('next.add-wait') }
      : {}),
    evidence,
  };
}

/**
 * The verdict about one target of an environment: the Flux object, the
 * workloads and their pods read together, so that a green Flux object over
 * crashing pods is not green, and a routine run over running pods is not
 * "in progress". Pure and total.
 *
 * @public
 */
export function assessTarget(facts: TargetFacts): PlaceVerdict {
  return (
    withoutSight(facts) ??
    whenLastSeen(byFlux(facts) ?? byPods(facts) ?? live(facts), facts)
  );
}
