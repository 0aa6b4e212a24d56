// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { assessFluxResource } from './assessFluxResource';
import type { FluxAssessment, FluxCondition, FluxResource } from './types';

const NOW = new Date('2026-11-24T12:00:00Z');
const ago = (seconds: number) =>
  new Date(NOW.getTime() - seconds * 1000).toISOString();
const MINUTE = 60;
const HOUR = 3600;
const R1 = `main@sha1:${'1'.repeat(40)}`;
const R2 = `main@sha1:${'2'.repeat(40)}`;

function condition(
  type: string,
  status: FluxCondition['status'],
  reason: string,
  rest: Partial<FluxCondition> = {},
): FluxCondition {
  return {
    type,
    status,
    reason,
    observedGeneration: 1,
    lastTransitionTime: ago(MINUTE),
    ...rest,
  };
}
const isReady = condition('Ready', 'True', 'ReconciliationSucceeded', {
  message: `Applied revision: ${R1}`,
});
const notReady = (reason: string, message: string, rest = {}) =>
  condition('Ready', 'False', reason, { message, ...rest });
const running = (message: string, since = 5) => [
  condition('Reconciling', 'True', 'Progressing', {
    message,
    lastTransitionTime: ago(since),
  }),
  condition('Ready', 'Unknown', 'Progressing', {
    message: 'Reconciliation in progress',
    lastTransitionTime: ago(since),
  }),
];
const retrying = condition('Reconciling', 'True', 'ProgressingWithRetry');
const succeeded = (revision = R1, since = MINUTE) => ({
  lastReconciled: ago(since),
  lastReconciledStatus: 'ReconciliationSucceeded',
  totalReconciliations: 4,
  revision,
});
const unhealthy = (revision = R2, total = 2) => ({
  lastReconciled: ago(30),
  lastReconciledStatus: 'HealthCheckFailed',
  totalReconciliations: total,
  revision,
});
const HEALTH_MESSAGE =
  "health check failed after 30.01s: timeout waiting for: [Deployment/team-a/orders status: 'InProgress']";

/** A healthy Kustomization, with what makes the case. */
function kustomization(facts: Partial<FluxResource> = {}): FluxResource {
  return {
    kind: 'Kustomization',
    cluster: 'aks-dev-weu',
    namespace: 'team-a',
    name: 'orders',
    createdAt: ago(30 * 24 * HOUR),
    generation: 1,
    observedGeneration: 1,
    suspended: false,
    intervalSeconds: 10 * MINUTE,
    retryIntervalSeconds: 2 * MINUTE,
    timeoutSeconds: 5 * MINUTE,
    checksHealth: true,
    sourceRef: { kind: 'GitRepository', namespace: 'team-a', name: 'gitops' },
    dependsOn: [{ namespace: 'flux-system', name: 'platform-configs' }],
    lastAppliedRevision: R1,
    lastAttemptedRevision: R1,
    statusWrittenAt: ago(MINUTE),
    history: [succeeded()],
    conditions: [isReady],
    ...facts,
  };
}

function source(facts: Partial<FluxResource> = {}): FluxResource {
  return {
    kind: 'GitRepository',
    namespace: 'team-a',
    name: 'gitops',
    generation: 1,
    observedGeneration: 1,
    revision: R1,
    intervalSeconds: MINUTE,
    conditions: [condition('Ready', 'True', 'Succeeded')],
    ...facts,
  };
}

function assess(
  resource: FluxResource,
  others: FluxResource[] = [],
): FluxAssessment {
  return assessFluxResource(resource, {
    now: NOW,
    related: ref =>
      others.find(
        ({ kind, namespace, name }) =>
          kind === ref.kind && namespace === ref.namespace && name === ref.name,
      ),
  });
}

const failingRun = {
  lastAttemptedRevision: R2,
  history: [unhealthy(), succeeded()],
  conditions: [notReady('HealthCheckFailed', HEALTH_MESSAGE), retrying],
};
const infra = (facts: Partial<FluxResource> = {}) =>
  kustomization({
    namespace: 'flux-system',
    name: 'platform-configs',
    dependsOn: [],
    ...facts,
  });
const waits = {
  conditions: [
    notReady(
      'DependencyNotReady',
      "dependency 'flux-system/platform-configs' is not ready",
    ),
  ],
};

type Case = [
  name: string,
  resource: FluxResource,
  expected: { state: string; code: string } & Record<string, unknown>,
  others?: FluxResource[],
];

// One case a line reads like the table that it is.
// prettier-ignore
const HARD: Case[] = [
  ['1 failed and waits to try again', kustomization(failingRun), { state: 'failing', tone: 'negative', code: 'failing.health-check', attempts: 2, next: 'next.look-at-pods', nextAttemptAt: new Date(NOW.getTime() + MINUTE * 1000).toISOString() }],
  ['2 the same, trying again now', kustomization({ ...failingRun, conditions: running(`Running health checks for revision ${R2} with a timeout of 5m0s`) }), { state: 'failing', tone: 'negative', code: 'failing.retrying', phase: 'retrying', attempts: 2 }],
  ['3 waits for a dependency', kustomization(waits), { state: 'waiting', tone: 'paused', code: 'waiting.on', params: { name: 'platform-configs' } }, [infra()]],
  ['4 green for an older generation, controller gone', kustomization({ generation: 5, observedGeneration: 4, conditions: [{ ...isReady, observedGeneration: 4 }], statusWrittenAt: ago(6 * HOUR), history: [succeeded(R1, 6 * HOUR)] }), { state: 'stale', tone: 'warning', code: 'stale' }],
  ['5 given up', { ...kustomization(), kind: 'HelmRelease', failures: 3, conditions: [notReady('UpgradeFailed', 'x'), condition('Stalled', 'True', 'RetriesExceeded')] }, { state: 'stalled', tone: 'negative', code: 'stalled', attempts: 3, params: { reason: 'RetriesExceeded' } }],
  ['6 suspended while failing', kustomization({ ...failingRun, suspended: true }), { state: 'suspended', tone: 'paused', code: 'suspended.failed', lastResult: 'failed' }],
  ['7 ready, and nothing checks health', kustomization({ checksHealth: false }), { state: 'ready', tone: 'positive', code: 'ready.applied', qualifier: 'applied', next: 'next.add-wait' }],
  ['8 ready, not reconciled for 6 h', kustomization({ statusWrittenAt: ago(6 * HOUR), history: [succeeded(R1, 6 * HOUR)] }), { state: 'stale', tone: 'warning', code: 'stale', params: { reconciledAt: ago(6 * HOUR), intervalSeconds: 600 }, next: 'next.controller' }],
];

// prettier-ignore
const CASES: Case[] = [
  ['terminating', kustomization({ deletedAt: ago(10) }), { state: 'terminating', tone: 'progressing', code: 'terminating' }],
  ['terminating before suspended', kustomization({ deletedAt: ago(10), suspended: true }), { state: 'terminating', code: 'terminating' }],
  ['terminating, held by a finalizer', kustomization({ deletedAt: ago(HOUR), finalizers: ['example.org/keep'] }), { state: 'terminating', tone: 'warning', code: 'terminating.held', params: { deletedAt: ago(HOUR), finalizer: 'example.org/keep' } }],
  ['suspended', kustomization({ suspended: true }), { state: 'suspended', tone: 'paused', code: 'suspended', lastResult: 'succeeded', next: 'next.resume' }],
  ['suspended by someone', kustomization({ suspended: true, suspension: { by: 'user:default/lead-a', reason: 'audit' } }), { state: 'suspended', code: 'suspended.by', params: { by: 'user:default/lead-a', reason: 'audit' } }],
  ['suspended until', kustomization({ suspended: true, suspension: { by: 'user:default/lead-a', reason: 'audit', until: '2026-11-27' } }), { state: 'suspended', code: 'suspended.until' }],
  ['suspended with an unhandled request: handled means nothing', kustomization({ suspended: true, requestedAt: ago(5) }), { state: 'suspended', code: 'suspended' }],
  ['suspended, generation not seen', kustomization({ suspended: true, generation: 2 }), { state: 'suspended', code: 'suspended' }],
  ['suspended while waiting is not failing', kustomization({ ...waits, suspended: true }), { state: 'suspended', code: 'suspended', lastResult: undefined }],
  ['suspended during a run that failed before', kustomization({ ...failingRun, suspended: true, conditions: running('Running health checks') }), { state: 'suspended', code: 'suspended.failed', lastResult: 'failed' }],
  ['stalled', kustomization({ conditions: [notReady('AccessDenied', 'no'), condition('Stalled', 'True', 'AccessDenied')] }), { state: 'stalled', code: 'stalled', next: 'next.person' }],
  ['a Stalled that is False is not stalled', kustomization({ conditions: [isReady, condition('Stalled', 'False', 'x')] }), { state: 'ready', code: 'ready.healthy' }],
  ['waits for what is failing', kustomization(waits), { state: 'waiting', tone: 'warning', code: 'waiting.on.failing', next: 'next.blocker' }, [infra({ lastAttemptedRevision: R2, history: [unhealthy()], conditions: [notReady('HealthCheckFailed', HEALTH_MESSAGE)] })]],
  ['waits for what is suspended', kustomization(waits), { state: 'waiting', tone: 'warning', code: 'waiting.on.suspended' }, [infra({ suspended: true })]],
  ['waits for what is stalled', kustomization(waits), { state: 'waiting', code: 'waiting.on.stalled' }, [infra({ conditions: [condition('Stalled', 'True', 'AccessDenied')] })]],
  ['waits for what does not exist', kustomization({ conditions: [notReady('DependencyNotReady', "dependency 'flux-system/ghost' not found: kustomizations \"ghost\" not found")] }), { state: 'waiting', tone: 'warning', code: 'waiting.missing', params: { name: 'ghost' } }],
  ['waits for something that is not known here', kustomization(waits), { state: 'waiting', tone: 'paused', code: 'waiting.on' }],
  ['waits through a chain for its end', kustomization(waits), { state: 'waiting', code: 'waiting.on', params: { name: 'root' } }, [infra({ conditions: [notReady('DependencyNotReady', "dependency 'flux-system/root' is not ready")] }), infra({ name: 'root', conditions: running('Fetching manifests') })]],
  ['waits in a circle', kustomization(waits), { state: 'waiting', tone: 'warning', code: 'waiting.on.waiting', params: { name: 'platform-configs' } }, [infra({ conditions: [notReady('DependencyNotReady', "dependency 'team-a/orders' is not ready")] })]],
  ['waits, and nothing says for what', kustomization({ dependsOn: [], conditions: [notReady('DependencyNotReady', 'not ready')] }), { state: 'waiting', code: 'waiting' }],
  ['fails early', kustomization({ ...failingRun, conditions: [notReady('HealthCheckFailed', "health check failed after 20s: failed early due to stalled resources: [Deployment/team-a/orders status: 'Failed']"), retrying] }), { state: 'failing', code: 'failing.health-check-stalled', params: { objects: 'Deployment orders' } }],
  ['fails with many objects', kustomization({ ...failingRun, conditions: [notReady('HealthCheckFailed', `timeout waiting for: [${['a', 'b', 'c', 'd', 'e'].map(n => `Deployment/team-a/${n} status: 'InProgress'`).join(', ')}]`)] }), { state: 'failing', code: 'failing.health-check', params: { objects: 'Deployment a, Deployment b, Deployment c, 2 more' } }],
  ['fails on rights', kustomization({ conditions: [notReady('ReconciliationFailed', 'Service/team-a/orders dry-run failed (Forbidden): services "orders" is forbidden: User "system:serviceaccount:team-a:reconciler" cannot patch resource "services" in API group "" in the namespace "team-a"')] }), { state: 'failing', code: 'failing.forbidden', params: { account: 'team-a:reconciler', verb: 'patch', resource: 'services' } }],
  ['fails on an immutable field', kustomization({ conditions: [notReady('ReconciliationFailed', 'Deployment/team-a/orders dry-run failed (Invalid): Deployment.apps "orders" is invalid: spec.selector: Invalid value: {"a":1}: field is immutable\n')] }), { state: 'failing', code: 'failing.immutable', params: { object: 'Deployment/team-a/orders' } }],
  ['fails on an invalid object', kustomization({ conditions: [notReady('ReconciliationFailed', 'Service/team-a/orders dry-run failed (Invalid): Service "orders" is invalid: spec.ports: Required value')] }), { state: 'failing', code: 'failing.invalid-object' }],
  ['fails on a kind that is not installed', kustomization({ conditions: [notReady('ReconciliationFailed', 'ScaledObject/team-a/orders dry-run failed: no matches for kind "ScaledObject" in version "keda.sh/v1alpha1"')] }), { state: 'failing', code: 'failing.kind-missing', params: { kind: 'ScaledObject' } }],
  ['fails on a namespace that is not there', kustomization({ conditions: [notReady('ReconciliationFailed', 'Service/team-x/orders namespaces "team-x" not found')] }), { state: 'failing', code: 'failing.namespace-missing', params: { namespace: 'team-x' } }],
  ['fails on a policy', kustomization({ conditions: [notReady('ReconciliationFailed', 'Deployment/team-a/orders dry-run failed (Forbidden): admission webhook "validation.gatekeeper.sh" denied the request: no limits')] }), { state: 'failing', code: 'failing.admission', params: { webhook: 'validation.gatekeeper.sh' } }],
  ['fails on a quota', kustomization({ conditions: [notReady('ReconciliationFailed', 'Pod/team-a/x is forbidden: exceeded quota: team-quota, requested: cpu=2')] }), { state: 'failing', code: 'failing.quota', params: { quota: 'team-quota' } }],
  ['fails on a path', kustomization({ conditions: [notReady('ArtifactFailed', 'kustomization path not found: stat /tmp/kustomization-123/apps: no such file or directory')] }), { state: 'failing', code: 'failing.path-missing' }],
  ['fails to build', kustomization({ conditions: [notReady('BuildFailed', 'kustomize build failed: bad yaml')] }), { state: 'failing', code: 'failing.build', next: 'next.fix-manifest' }],
  ['fails to prune', kustomization({ conditions: [notReady('PruneFailed', 'x')] }), { state: 'failing', code: 'failing.prune' }],
  ['fails for a reason of tomorrow', kustomization({ conditions: [notReady('BrandNewReason', 'x')] }), { state: 'failing', code: 'failing.other', params: { reason: 'BrandNewReason' } }],
  ['fails without attempts in history', kustomization({ conditions: [notReady('BuildFailed', 'x'), retrying] }), { state: 'failing', code: 'failing.build', attempts: undefined }],
  ['a failed attempt that is overdue names no next time', kustomization({ ...failingRun, conditions: [notReady('HealthCheckFailed', HEALTH_MESSAGE, { lastTransitionTime: ago(HOUR) })] }), { state: 'failing', code: 'failing.health-check', nextAttemptAt: undefined }],
  ['no first artifact yet', kustomization({ createdAt: ago(3), lastAppliedRevision: undefined, lastAttemptedRevision: undefined, observedGeneration: -1, history: [], conditions: [notReady('ArtifactFailed', 'Source artifact not found, retrying in 30s')] }), { state: 'progressing', tone: 'progressing', code: 'progressing.first-fetch', phase: 'first' }],
  ['no first artifact for long', kustomization({ createdAt: ago(2 * MINUTE), lastAppliedRevision: undefined, lastAttemptedRevision: undefined, observedGeneration: -1, history: [], conditions: [notReady('ArtifactFailed', 'Source artifact not found, retrying in 30s')] }), { state: 'failing', code: 'failing.source-missing' }],
  ['a new one with a wrong path fails at once', kustomization({ createdAt: ago(3), lastAppliedRevision: undefined, history: [], conditions: [notReady('ArtifactFailed', 'kustomization path not found: stat /x')] }), { state: 'failing', code: 'failing.path-missing' }],
  ['fetches a new revision', kustomization({ conditions: running(`Fetching manifests for revision ${R2} with a timeout of 5m0s`) }), { state: 'progressing', code: 'progressing.fetch', params: { revision: '22222222', startedAt: ago(5) }, phase: undefined }],
  ['builds', kustomization({ lastAttemptedRevision: R2, conditions: running(`Building manifests for revision ${R2}`) }), { state: 'progressing', code: 'progressing.build' }],
  ['applies', kustomization({ lastAttemptedRevision: R2, conditions: running(`Detecting drift for revision ${R2}`) }), { state: 'progressing', code: 'progressing.apply' }],
  ['checks health', kustomization({ lastAttemptedRevision: R2, conditions: running(`Running health checks for revision ${R2}`) }), { state: 'progressing', code: 'progressing.health' }],
  ['checks what it applied before', kustomization({ conditions: running(`Running health checks for revision ${R1}`) }), { state: 'progressing', code: 'progressing.check', phase: 'checking' }],
  ['a new revision after a failure is no retry', kustomization({ ...failingRun, lastAttemptedRevision: `main@sha1:${'3'.repeat(40)}`, conditions: running('Detecting drift') }), { state: 'progressing', code: 'progressing.apply' }],
  ['takes longer than its timeout', kustomization({ lastAttemptedRevision: R2, conditions: running(`Running health checks for revision ${R2}`, 10 * MINUTE) }), { state: 'progressing', tone: 'warning', code: 'progressing.slow', phase: 'slow' }],
  ['no status at all, new', kustomization({ createdAt: ago(2), observedGeneration: -1, lastAppliedRevision: undefined, lastAttemptedRevision: undefined, history: [], conditions: [], statusWrittenAt: undefined }), { state: 'progressing', tone: 'progressing', code: 'progressing.new-spec' }],
  ['no status at all, for long', kustomization({ observedGeneration: -1, lastAppliedRevision: undefined, lastAttemptedRevision: undefined, history: [], conditions: [], statusWrittenAt: undefined }), { state: 'progressing', tone: 'warning', code: 'progressing.not-seen', next: 'next.controller' }],
  ['a generation that nobody has seen yet', kustomization({ generation: 2 }), { state: 'progressing', code: 'progressing.new-spec' }],
  ['the condition has seen the generation, the status lags while failing', kustomization({ generation: 2, observedGeneration: 1, conditions: [notReady('BuildFailed', 'x', { observedGeneration: 2 })] }), { state: 'failing', code: 'failing.build' }],
  ['ready a moment before the status follows', kustomization({ generation: 2, observedGeneration: 1, conditions: [{ ...isReady, observedGeneration: 2, message: `Applied revision: ${R2}` }] }), { state: 'ready', code: 'ready.healthy', params: { revision: '22222222' } }],
  ['a run was requested', kustomization({ requestedAt: ago(5), lastHandledReconcileAt: ago(HOUR) }), { state: 'requested', tone: 'progressing', code: 'requested', params: { requestedAt: ago(5) } }],
  ['a request that was handled', kustomization({ requestedAt: ago(5), lastHandledReconcileAt: ago(5) }), { state: 'ready', code: 'ready.healthy' }],
  ['a request that nobody took up for long', kustomization({ requestedAt: ago(3 * MINUTE), conditions: [{ ...isReady, lastTransitionTime: ago(5 * MINUTE) }] }), { state: 'ready', code: 'ready.healthy' }],
  ['a request whose token is no instant', kustomization({ requestedAt: 'please' }), { state: 'ready', code: 'ready.healthy' }],
  ['a request from a clock that is ahead', kustomization({ requestedAt: ago(-10 * MINUTE), lastHandledReconcileAt: ago(HOUR) }), { state: 'requested', code: 'requested' }],
  ['stale just beyond three rounds', kustomization({ statusWrittenAt: ago(45 * MINUTE + 1), history: [succeeded(R1, 45 * MINUTE + 1)] }), { state: 'stale', code: 'stale' }],
  ['not stale at three rounds', kustomization({ statusWrittenAt: ago(45 * MINUTE), history: [succeeded(R1, 45 * MINUTE)] }), { state: 'ready', code: 'ready.healthy' }],
  ['the younger of the two clocks counts', kustomization({ statusWrittenAt: ago(MINUTE), history: [succeeded(R1, 6 * HOUR)] }), { state: 'ready', code: 'ready.healthy', reconciledAt: ago(MINUTE) }],
  ['no clock, no guess', kustomization({ statusWrittenAt: undefined, history: [] }), { state: 'ready', code: 'ready.healthy', reconciledAt: undefined }],
  ['a clock that is ahead is not stale', kustomization({ statusWrittenAt: ago(-10 * MINUTE) }), { state: 'ready', code: 'ready.healthy' }],
  ['a source writes nothing when there is no news', source({ statusWrittenAt: ago(6 * HOUR) }), { state: 'ready', code: 'ready.at' }],
  ['drifted', { ...kustomization(), kind: 'HelmRelease', conditions: [isReady, condition('Drifted', 'True', 'DriftDetected')] }, { state: 'drifted', tone: 'warning', code: 'drifted' }],
  ['ready and healthy', kustomization(), { state: 'ready', tone: 'positive', code: 'ready.healthy', qualifier: 'healthy', params: { revision: '11111111' } }],
  ['ready, its source broken', kustomization(), { state: 'ready', tone: 'warning', code: 'ready.source-failing', params: { revision: '11111111', name: 'gitops' }, next: 'next.fix-credentials' }, [source({ conditions: [notReady('GitOperationFailed', 'failed to checkout: authentication required')] })]],
  ['ready, its source paused', kustomization(), { state: 'ready', tone: 'warning', code: 'ready.source-suspended' }, [source({ suspended: true })]],
  ['ready, its source fine', kustomization(), { state: 'ready', tone: 'positive', code: 'ready.healthy' }, [source()]],
  ['source: branch gone', source({ conditions: [notReady('GitOperationFailed', "couldn't find remote ref \"refs/heads/nope\"")] }), { state: 'failing', code: 'failing.source-branch' }],
  ['source: host down', source({ conditions: [notReady('GitOperationFailed', 'unable to clone: dial tcp: connection refused')] }), { state: 'failing', code: 'failing.source-unreachable' }],
  ['source: secret missing', source({ conditions: [notReady('AuthenticationFailed', "secrets \"git\" not found")] }), { state: 'failing', code: 'failing.source-secret' }],
  ['a kind without state', { kind: 'Alert', namespace: 'team-a', name: 'a', static: true }, { state: 'static', tone: 'positive', code: 'static' }],
  ['nothing known', { kind: 'Kustomization', namespace: 'team-a', name: 'x' }, { state: 'unknown', tone: 'unknown', code: 'unknown', params: { reason: 'no status' } }],
];

function check([, resource, expected, others]: Case) {
  const { code, params, next, ...rest } = expected;
  const assessment = assess(resource, others);
  const told: Record<string, unknown> = { ...assessment };
  expect({
    code: assessment.reason.code,
    ...Object.fromEntries(Object.keys(rest).map(key => [key, told[key]])),
  }).toEqual({ code, ...rest });
  expect(params ? assessment.reason.params : undefined).toEqual(params);
  expect(next ? assessment.next?.code : undefined).toEqual(next);
}

describe('assessFluxResource', () => {
  it.each(HARD)('hard state %s', (...args) => check(args as Case));

  it.each(CASES)('%s', (...args) => check(args as Case));

  it('gives the raw words as evidence, cut to 2 KB', () => {
    const { evidence } = assess(
      kustomization({
        conditions: [notReady('BuildFailed', 'x'.repeat(5_000)), retrying],
      }),
    );

    expect(evidence).toEqual([
      {
        source: 'aks-dev-weu: Kustomization team-a/orders',
        reason: 'BuildFailed',
        message: 'x'.repeat(2048),
        time: ago(MINUTE),
      },
      {
        source: 'aks-dev-weu: Kustomization team-a/orders',
        reason: 'ProgressingWithRetry',
        time: ago(MINUTE),
      },
    ]);
  });

  it('reads an object as the Kubernetes API gives it', () => {
    const assessment = assessFluxResource(
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: {
          name: 'orders',
          namespace: 'team-a',
          generation: 3,
          annotations: {
            'fairway.dev/suspended-by': 'user:default/lead-a',
            'fairway.dev/suspended-reason': 'freeze',
          },
        },
        spec: { suspend: true, interval: '10m', wait: true },
        status: { conditions: 'none' },
      },
      { now: NOW, related: () => undefined },
    );

    expect(assessment).toEqual({
      state: 'suspended',
      tone: 'paused',
      reason: {
        code: 'suspended.by',
        params: { by: 'user:default/lead-a', reason: 'freeze' },
      },
      next: { code: 'next.resume', params: {} },
      evidence: [],
    });
  });
});
