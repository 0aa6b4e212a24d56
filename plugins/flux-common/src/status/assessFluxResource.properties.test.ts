// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { FLUX_STATES } from '../deployments';
import { fluxPhrases } from '../phrases/fluxPhrases';
import { readRecording } from './__testing__/replay';
import { assessFluxResource } from './assessFluxResource';
import { normalizeFluxResource } from './readFluxObject';
import type { FluxResource } from './types';

const NOW = new Date('2026-11-24T12:00:00Z');
const alone = { now: NOW, related: () => undefined };

const time = fc.oneof(
  fc
    .date({
      min: new Date('2026-11-23'),
      max: new Date('2026-11-25'),
      noInvalidDate: true,
    })
    .map(date => date.toISOString()),
  fc.constantFrom('soon', ''),
);
const revision = fc.constantFrom(
  `main@sha1:${'a'.repeat(40)}`,
  `main@sha1:${'b'.repeat(40)}`,
  'sha256:c',
  '',
);
const reason = fc.constantFrom(
  'ReconciliationSucceeded',
  'HealthCheckFailed',
  'DependencyNotReady',
  'ArtifactFailed',
  'BuildFailed',
  'ReconciliationFailed',
  'Progressing',
  'ProgressingWithRetry',
  'Tomorrow',
);
const message = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "dependency 'a/b' is not ready",
    "dependency 'team-a/orders' is not ready",
    "timeout waiting for: [Deployment/a/b status: 'InProgress']",
    'Source artifact not found, retrying in 30s',
    'Fetching manifests for revision main@sha1:a',
  ),
);
const condition = fc.record(
  {
    type: fc.constantFrom(
      'Ready',
      'Reconciling',
      'Stalled',
      'Healthy',
      'Drifted',
    ),
    status: fc.constantFrom('True', 'False', 'Unknown'),
    reason,
    message,
    observedGeneration: fc.integer({ min: -1, max: 3 }),
    lastTransitionTime: time,
  },
  { requiredKeys: ['type', 'status'] },
);
const resource = fc.record(
  {
    kind: fc.constantFrom(
      'Kustomization',
      'HelmRelease',
      'GitRepository',
      'Alert',
    ),
    cluster: fc.constant('c'),
    namespace: fc.constantFrom('team-a', 'a'),
    name: fc.constantFrom('orders', 'b'),
    createdAt: time,
    deletedAt: time,
    generation: fc.integer({ min: -1, max: 3 }),
    observedGeneration: fc.integer({ min: -1, max: 3 }),
    suspended: fc.boolean(),
    intervalSeconds: fc.double(),
    retryIntervalSeconds: fc.double(),
    timeoutSeconds: fc.double(),
    checksHealth: fc.boolean(),
    dependsOn: fc.array(
      fc.record({ namespace: fc.constant('a'), name: fc.constant('b') }),
    ),
    sourceRef: fc.record({
      kind: fc.constant('GitRepository'),
      namespace: fc.constant('a'),
      name: fc.constant('b'),
    }),
    lastAppliedRevision: revision,
    lastAttemptedRevision: revision,
    requestedAt: time,
    lastHandledReconcileAt: time,
    statusWrittenAt: time,
    history: fc.array(
      fc.record({
        lastReconciled: time,
        lastReconciledStatus: reason,
        totalReconciliations: fc.nat(),
        revision,
      }),
      { maxLength: 5 },
    ),
    conditions: fc.uniqueArray(condition, { selector: ({ type }) => type }),
    static: fc.boolean(),
  },
  { requiredKeys: ['kind', 'namespace', 'name'] },
) as fc.Arbitrary<FluxResource>;

function expectWhole(value: unknown, others: FluxResource[] = []) {
  const assessment = assessFluxResource(value as FluxResource, {
    now: NOW,
    related: ({ name }) => others.find(other => other.name === name),
  });
  expect(FLUX_STATES).toContain(assessment.state);
  expect(Object.keys(fluxPhrases)).toContain(assessment.reason.code);
  expect(Object.keys(fluxPhrases)).toContain(
    assessment.next?.code ?? assessment.reason.code,
  );
  // What goes over the wire comes back as it was.
  expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment);
  return assessment;
}

describe('assessFluxResource, whatever it is given', () => {
  it('gives one of the states and words that are known, alone and among others', () => {
    fc.assert(
      fc.property(
        resource,
        fc.array(resource, { maxLength: 3 }),
        (one, others) => {
          expectWhole(one, others);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never throws for what is no Flux object at all', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        expectWhole(value);
      }),
    );
    fc.assert(
      fc.property(
        fc.record({
          metadata: fc.object(),
          spec: fc.anything(),
          status: fc.anything(),
        }),
        value => {
          expectWhole(value);
        },
      ),
    );
  });

  it('says the same whatever the order of conditions, history and dependencies', () => {
    fc.assert(
      fc.property(resource, one => {
        const { evidence: _, ...assessment } = assessFluxResource(one, alone);
        const { evidence: __, ...reversed } = assessFluxResource(
          {
            ...one,
            conditions: [...(one.conditions ?? [])].reverse(),
          },
          alone,
        );
        expect(reversed).toEqual(assessment);
      }),
    );
  });

  it('says the same of an object and of its facts', () => {
    const objects = readRecording('07-depends-on-chain.jsonl.gz').flatMap(
      ({ object }) => object ?? [],
    );
    for (const object of objects) {
      expect(assessFluxResource(normalizeFluxResource(object), alone)).toEqual(
        assessFluxResource(object, alone),
      );
    }
  });
});
