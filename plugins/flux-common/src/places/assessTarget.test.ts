// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceStatus } from '@fairway/plugin-delivery-common';
import { assessFluxResource } from '../status/assessFluxResource';
import type { FluxResource } from '../status/types';
import { assessTarget } from './assessTarget';
import type { PlacedWorkload, TargetFacts } from './types';

const NOW = new Date('2026-11-24T12:00:00Z');
const ago = (seconds: number) =>
  new Date(NOW.getTime() - seconds * 1000).toISOString();
const R1 = `main@sha1:${'1'.repeat(40)}`;
const R2 = `main@sha1:${'2'.repeat(40)}`;
const CURRENT: SourceStatus = { state: 'current', asOf: ago(1) };

function flux(facts: Partial<FluxResource> = {}): TargetFacts['kustomization'] {
  const resource: FluxResource = {
    kind: 'Kustomization',
    namespace: 'team-a',
    name: 'orders',
    generation: 1,
    observedGeneration: 1,
    intervalSeconds: 600,
    timeoutSeconds: 300,
    checksHealth: true,
    lastAppliedRevision: R1,
    lastAttemptedRevision: R1,
    statusWrittenAt: ago(60),
    conditions: [
      { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded' },
    ],
    ...facts,
  };
  const assessment = assessFluxResource(resource, {
    now: NOW,
    related: () => undefined,
  });
  return { resource, assessment };
}

const failedHealth = (objects: string) =>
  flux({
    lastAttemptedRevision: R2,
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        reason: 'HealthCheckFailed',
        message: `timeout waiting for: [${objects}]`,
      },
    ],
  });
const run = (facts: Partial<FluxResource> = {}) =>
  flux({
    conditions: [
      {
        type: 'Reconciling',
        status: 'True',
        reason: 'Progressing',
        message: `Running health checks for revision ${R2} with a timeout of 5m`,
        lastTransitionTime: ago(5),
      },
      { type: 'Ready', status: 'Unknown', lastTransitionTime: ago(5) },
    ],
    ...facts,
  });

const COMPLETE = {
  type: 'Progressing',
  status: 'True' as const,
  reason: 'NewReplicaSetAvailable',
};
const ROLLING = { ...COMPLETE, reason: 'ReplicaSetUpdated' };
const STUCK = {
  type: 'Progressing',
  status: 'False' as const,
  reason: 'ProgressDeadlineExceeded',
};

function workload(facts: Partial<PlacedWorkload> = {}): PlacedWorkload {
  return {
    kind: 'Deployment',
    name: 'orders',
    generation: 4,
    observedGeneration: 4,
    desired: 3,
    ready: 3,
    updated: 3,
    conditions: [COMPLETE],
    ...facts,
  };
}

function target(facts: Partial<TargetFacts> = {}): TargetFacts {
  return {
    cluster: 'aks-prod-weu',
    namespace: 'team-a',
    source: CURRENT,
    fluxSource: facts.source ?? CURRENT,
    now: NOW,
    kustomization: flux(),
    workloads: [workload()],
    version: '1.5.0',
    ...facts,
  };
}

const IMAGE = 'acr.example.com/team-a/orders:1.6.0';
const pull = {
  reason: 'ImagePullBackOff',
  message: `Back-off pulling image "${IMAGE}": ErrImagePull: failed to pull and unpack image "${IMAGE}": ${IMAGE}: not found`,
  pods: 2,
  pod: 'orders-6d4cf56db6-x2x7k',
  container: 'app',
};

type Case = [
  name: string,
  facts: TargetFacts,
  expected: {
    state: string;
    tone: string;
    code: string;
    params?: object;
    next?: string;
  },
];

// One case a line reads like the table that it is.
// prettier-ignore
const CASES: Case[] = [
  ['live', target(), { state: 'ready', tone: 'positive', code: 'live', params: { version: '1.5.0' } }],
  ['live without a health check: the pods are the check', target({ kustomization: flux({ checksHealth: false }) }), { state: 'ready', tone: 'positive', code: 'live', next: 'next.add-wait' }],
  ['green over pods that crash', target({ kustomization: flux({ checksHealth: false }), workloads: [workload({ ready: 0, trouble: { reason: 'CrashLoopBackOff', pods: 3 } })] }), { state: 'degraded', tone: 'negative', code: 'degraded.crash', params: { version: '1.5.0', ready: 0, desired: 3, reason: 'CrashLoopBackOff' }, next: 'next.crash' }],
  ['some pods are not ready', target({ workloads: [workload({ ready: 2 })] }), { state: 'degraded', tone: 'warning', code: 'degraded', next: 'next.look-at-pods' }],
  ['a rollout that is stuck, the old pods serve', target({ kustomization: flux({ checksHealth: false }), wanted: '1.6.0', workloads: [workload({ updatedReady: 0, conditions: [STUCK], trouble: pull })] }), { state: 'degraded', tone: 'negative', code: 'degraded.pull-missing', params: { version: '1.6.0', ready: 0, desired: 3, reason: 'ImagePullBackOff', image: IMAGE }, next: 'next.pull-missing' }],
  ['stuck, and no pod says why', target({ workloads: [workload({ conditions: [STUCK], ready: 1, updated: 1 })] }), { state: 'degraded', tone: 'negative', code: 'degraded.stuck' }],
  ['pods cannot be created', target({ workloads: [workload({ ready: 1, updated: 1, conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate' }], trouble: { reason: 'FailedCreate', pods: 3 } })] }), { state: 'degraded', tone: 'negative', code: 'degraded.quota', next: 'next.quota' }],
  ['rolling out', target({ kustomization: run({ lastAttemptedRevision: R2 }), wanted: '1.6.0', workloads: [workload({ updated: 1, updatedReady: 1, conditions: [ROLLING] })] }), { state: 'progressing', tone: 'progressing', code: 'rolling', params: { version: '1.6.0', ready: 1, desired: 3 } }],
  ['rolling out for the first time', target({ kustomization: run({ lastAppliedRevision: undefined }), workloads: [workload({ ready: 0, conditions: [ROLLING] })] }), { state: 'progressing', tone: 'progressing', code: 'rolling' }],
  ['rolling out, and the image is not there', target({ kustomization: run({ lastAttemptedRevision: R2 }), workloads: [workload({ ready: 3, updated: 1, updatedReady: 0, conditions: [ROLLING], trouble: pull })] }), { state: 'progressing', tone: 'warning', code: 'rolling.pull-missing', next: 'next.pull-missing' }],
  ['the controller has not seen the template yet', target({ workloads: [workload({ generation: 5 })] }), { state: 'progressing', tone: 'progressing', code: 'rolling' }],
  ['a paused rollout', target({ workloads: [workload({ paused: true, updated: 0, conditions: [] })] }), { state: 'suspended', tone: 'paused', code: 'rolling.paused' }],
  ['scaled to zero', target({ workloads: [workload({ desired: 0, ready: 0, updated: 0 })] }), { state: 'ready', tone: 'paused', code: 'live.at-zero' }],
  ['a commit of somebody else is being applied', target({ kustomization: run({ lastAttemptedRevision: R2 }) }), { state: 'ready', tone: 'positive', code: 'live' }],
  ['the next version is on its way', target({ kustomization: run({ lastAttemptedRevision: R2 }), wanted: '1.6.0' }), { state: 'progressing', tone: 'progressing', code: 'progressing.health' }],
  ['Git wants another version than runs, and Flux is done', target({ wanted: '1.6.0' }), { state: 'progressing', tone: 'progressing', code: 'live.next', params: { version: '1.5.0', wanted: '1.6.0' } }],
  ['a run that takes too long is no routine', target({ kustomization: run({ conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: ago(3600) }] }) }), { state: 'progressing', tone: 'warning', code: 'progressing.slow' }],
  ['failing, with the cause from the pods', target({ kustomization: failedHealth("Deployment/team-a/orders status: 'InProgress'"), workloads: [workload({ ready: 0, trouble: pull })] }), { state: 'failing', tone: 'negative', code: 'pods.pull-missing', params: { version: '1.5.0', reason: 'ImagePullBackOff', image: IMAGE }, next: 'next.pull-missing' }],
  ['failing, and the registry refuses', target({ kustomization: failedHealth("Deployment/team-a/orders status: 'InProgress'"), workloads: [workload({ ready: 0, trouble: { ...pull, message: `failed to pull image "${IMAGE}": 401 Unauthorized` } })] }), { state: 'failing', tone: 'negative', code: 'pods.pull-denied', next: 'next.pull-denied' }],
  ['failing, and no message names the image', target({ kustomization: failedHealth("Deployment/team-a/orders status: 'InProgress'"), workloads: [workload({ ready: 0, trouble: { reason: 'ErrImagePull', pods: 1 } })] }), { state: 'failing', tone: 'negative', code: 'pods.pull', params: { version: '1.5.0', reason: 'ErrImagePull' }, next: 'next.pull' }],
  ['failing, the version that Git wants is the one that crashes', target({ kustomization: failedHealth("Deployment/team-a/orders status: 'InProgress'"), wanted: '1.6.0', workloads: [workload({ updatedReady: 0, trouble: { reason: 'CrashLoopBackOff', pods: 1 } })] }), { state: 'failing', tone: 'negative', code: 'pods.crash', params: { version: '1.6.0', reason: 'CrashLoopBackOff' }, next: 'next.crash' }],
  ['failing for another cause than its pods', target({ kustomization: flux({ conditions: [{ type: 'Ready', status: 'False', reason: 'BuildFailed' }] }), workloads: [workload({ ready: 0, trouble: pull })] }), { state: 'failing', tone: 'negative', code: 'failing.build', next: 'next.fix-manifest' }],
  ['held up by a neighbour in the same Kustomization', target({ kustomization: failedHealth("Deployment/team-a/payments status: 'InProgress'") }), { state: 'waiting', tone: 'warning', code: 'place.held-up', params: { name: 'payments', kustomization: 'orders' }, next: 'next.neighbour' }],
  ['not held up by a neighbour when its own pods are not well either', target({ kustomization: failedHealth("Deployment/team-a/payments status: 'InProgress'"), workloads: [workload({ ready: 1 })] }), { state: 'failing', tone: 'negative', code: 'failing.health-check' }],
  ['suspended', target({ kustomization: flux({ suspended: true }) }), { state: 'suspended', tone: 'paused', code: 'suspended', next: 'next.resume' }],
  ['waiting', target({ kustomization: flux({ conditions: [{ type: 'Ready', status: 'False', reason: 'DependencyNotReady', message: "dependency 'a/b' is not ready" }] }) }), { state: 'waiting', tone: 'paused', code: 'waiting.on' }],
  ['stale', target({ kustomization: flux({ statusWrittenAt: ago(36_000) }) }), { state: 'stale', tone: 'warning', code: 'stale', next: 'next.controller' }],
  ['a run was requested', target({ kustomization: flux({ requestedAt: ago(3) }) }), { state: 'requested', tone: 'progressing', code: 'requested' }],
  ['nothing yet', target({ kustomization: undefined, workloads: [], version: undefined }), { state: 'empty', tone: 'unknown', code: 'place.empty', params: { cluster: 'aks-prod-weu', namespace: 'team-a' }, next: 'next.first-deployment' }],
  ['applied, without workloads', target({ workloads: [] }), { state: 'ready', tone: 'positive', code: 'live.no-workloads' }],
  ['first apply, no workloads yet', target({ workloads: [], kustomization: run({ lastAppliedRevision: undefined }) }), { state: 'progressing', tone: 'progressing', code: 'progressing.health' }],
  ['runs, but nothing of Flux manages it', target({ kustomization: undefined }), { state: 'ready', tone: 'warning', code: 'live.unmanaged', next: 'next.manage' }],
  ['not granted', target({ refused: { state: 'not-bound', reason: { code: 'binding.other-owner', params: {} } } }), { state: 'not-bound', tone: 'unknown', code: 'place.not-bound', next: 'next.bind' }],
  ['not granted because nothing could be asked', target({ refused: { state: 'unreachable' } }), { state: 'unavailable', tone: 'unknown', code: 'place.unavailable.unreachable' }],
  ['cluster never seen', target({ source: { state: 'unreachable' }, kustomization: undefined, workloads: [] }), { state: 'unavailable', tone: 'unknown', code: 'place.unavailable.unreachable', next: 'next.cluster' }],
  ['forbidden', target({ source: { state: 'forbidden' }, kustomization: undefined, workloads: [] }), { state: 'unavailable', tone: 'unknown', code: 'place.unavailable.forbidden' }],
  ['cluster lost a moment ago', target({ source: { state: 'stale', asOf: ago(120) } }), { state: 'ready', tone: 'positive', code: 'live' }],
  ['cluster lost for an hour: what was green is not known', target({ source: { state: 'stale', asOf: ago(3600) } }), { state: 'unavailable', tone: 'unknown', code: 'place.last-seen', params: { seenAt: ago(3600) }, next: 'next.cluster' }],
  ['cluster lost for an hour: what failed still fails', target({ source: { state: 'stale', asOf: ago(3600) }, workloads: [workload({ ready: 1 })], kustomization: failedHealth("Deployment/team-a/orders status: 'InProgress'") }), { state: 'failing', tone: 'negative', code: 'failing.health-check' }],
  ['a part is silent, the rest is current', target({ source: { state: 'partial', asOf: ago(3600) } }), { state: 'ready', tone: 'positive', code: 'live' }],
  ['pods seen, Flux objects forbidden', target({ source: { state: 'partial' }, fluxSource: { state: 'forbidden' }, kustomization: undefined }), { state: 'unknown', tone: 'unknown', code: 'live.flux-unseen', params: { version: '1.5.0' }, next: 'next.grant-portal' }],
  ['pods seen and failing, Flux objects forbidden', target({ source: { state: 'partial' }, fluxSource: { state: 'forbidden' }, kustomization: undefined, workloads: [workload({ ready: 0 })] }), { state: 'degraded', tone: 'negative', code: 'degraded' }],
  ['nothing seen, Flux objects forbidden: not empty', target({ source: { state: 'partial' }, fluxSource: { state: 'forbidden' }, kustomization: undefined, workloads: [] }), { state: 'unavailable', tone: 'unknown', code: 'place.flux-unseen', next: 'next.grant-portal' }],
  ['nothing seen, a part unreadable: not empty', target({ source: { state: 'partial' }, fluxSource: { state: 'current' }, kustomization: undefined, workloads: [] }), { state: 'unavailable', tone: 'unknown', code: 'place.unavailable.partial', next: 'next.cluster' }],
  ['nothing seen, no Flux', target({ source: { state: 'not-installed' }, kustomization: undefined, workloads: [] }), { state: 'unavailable', tone: 'unknown', code: 'place.unavailable.not-installed' }],
];

describe('assessTarget', () => {
  it.each(CASES)('%s', (_, facts, expected) => {
    const verdict = assessTarget(facts);

    expect({
      state: verdict.state,
      tone: verdict.tone,
      code: verdict.reason.code,
    }).toEqual({
      state: expected.state,
      tone: expected.tone,
      code: expected.code,
    });
    expect(expected.params ? verdict.reason.params : undefined).toEqual(
      expected.params,
    );
    expect(expected.next ? verdict.next?.code : undefined).toEqual(
      expected.next,
    );
  });

  it('shows no data, not even evidence, of a place that is not granted', () => {
    expect(assessTarget(target({ refused: { state: 'not-bound' } }))).toEqual({
      state: 'not-bound',
      tone: 'unknown',
      reason: { code: 'place.not-bound', params: {} },
      next: { code: 'next.bind', params: {} },
      evidence: [],
    });
  });

  it('adds what the pods say to the evidence', () => {
    const { evidence } = assessTarget(
      target({ workloads: [workload({ ready: 0, trouble: pull })] }),
    );

    expect(evidence).toEqual([
      {
        source: 'aks-prod-weu: Pod team-a/orders-6d4cf56db6-x2x7k (app)',
        reason: 'ImagePullBackOff',
        message: pull.message,
      },
      {
        source: 'Kustomization team-a/orders',
        reason: 'ReconciliationSucceeded',
      },
    ]);
  });
});
