// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  SourceStatus,
  Tone,
  Verdict,
} from '@fairway/plugin-delivery-common';
import type {
  DeploymentRecord,
  DeploymentsDocument,
  EnvironmentDeployments,
  PlaceState,
  TargetDeployments,
} from '@fairway/plugin-flux-common';

/** Instant of the test documents: ages are counted from here. */
export const NOW = Date.parse('2026-11-24T14:14:00Z');

/** ISO time, so many seconds before {@link NOW}. */
export function ago(seconds: number): string {
  return new Date(NOW - seconds * 1000).toISOString();
}

const GIFT_CARDS = {
  sha: '3f9c2d1b7a60c1d2e3f405162738495a6b7c8d9e',
  subject: 'Add gift cards',
  author: 'Dev A',
  date: ago(4 * 60),
  url: 'http://localhost:7110/fairway/platform/_git/gitops/commit/3f9c2d1',
};

const ROUND_TOTALS = {
  sha: 'b71e0aa4d5c6b7a8f9e0d1c2b3a4958677685940',
  subject: 'Round totals once',
  author: 'Dev B',
  date: ago(3 * 86_400),
  url: 'http://localhost:7110/fairway/platform/_git/gitops/commit/b71e0aa',
};

const REPOSITORY = 'acrfairway.azurecr.io/team-a/orders';

function digest(letter: string): string {
  return `sha256:${letter.repeat(64)}`;
}

/** A verdict with a code that the translations know. */
export function verdict(
  state: PlaceState,
  tone: Tone,
  code: string,
  params: Verdict['reason']['params'] = {},
): Verdict<PlaceState> {
  return { state, tone, reason: { code, params }, evidence: [] };
}

/** A region in which 1.5.0 is live and healthy. */
export function healthyTarget(
  cluster: string,
  change: Partial<TargetDeployments> = {},
): TargetDeployments {
  return {
    cluster,
    namespace: 'team-a',
    source: { state: 'current', asOf: ago(5) },
    verdict: verdict('ready', 'positive', 'live', { version: '1.5.0' }),
    kustomization: {
      name: 'orders',
      namespace: 'team-a',
      path: './apps/team-a/orders/overlays/dev',
      appliedRevision: '3f9c2d1',
      attemptedRevision: '3f9c2d1',
      intervalSeconds: 600,
      suspended: false,
      reconciledAt: ago(40),
      because: 'label',
    },
    deployed: {
      version: '1.5.0',
      image: {
        container: 'app',
        repository: REPOSITORY,
        tag: '1.5.0',
        digest: digest('a'),
      },
      since: ago(4 * 60),
      commit: GIFT_CARDS,
    },
    workloads: [
      {
        kind: 'Deployment',
        name: 'orders',
        images: [{ container: 'app', repository: REPOSITORY, tag: '1.5.0' }],
        pods: { desired: 3, ready: 3, updated: 3 },
      },
    ],
    pods: { desired: 3, ready: 3 },
    ...change,
  };
}

/** A region whose new pods cannot pull their image while the old ones serve. */
export function failingTarget(cluster: string): TargetDeployments {
  const base = healthyTarget(cluster);
  return {
    ...base,
    verdict: {
      state: 'failing',
      tone: 'negative',
      reason: {
        code: 'failing.health-check',
        params: { objects: 'Deployment team-a/orders' },
      },
      next: { code: 'next.pull', params: {} },
      evidence: [
        {
          source: `${cluster}: Kustomization team-a/orders`,
          reason: 'HealthCheckFailed',
          message:
            "health check failed after 5m0.02s: timeout waiting for: [Deployment/team-a/orders status: 'InProgress']",
          time: ago(12 * 60),
        },
        {
          source: `${cluster}: Pod team-a/orders-7d9f6c5b8-x2x9k`,
          reason: 'ErrImagePull',
          message: `${REPOSITORY}:1.5.0: not found`,
          time: ago(40),
          link: 'file:///etc/passwd',
        },
      ],
    },
    deployed: base.deployed && {
      ...base.deployed,
      version: '1.4.2',
      since: ago(26 * 3600),
      commit: ROUND_TOTALS,
    },
    wanted: { version: '1.5.0' },
    workloads: [
      {
        kind: 'Deployment',
        name: 'orders',
        images: [{ container: 'app', repository: REPOSITORY, tag: '1.5.0' }],
        pods: { desired: 3, ready: 2, updated: 1 },
        trouble: {
          reason: 'ErrImagePull',
          message: `${REPOSITORY}:1.5.0: not found`,
          pods: 1,
        },
      },
    ],
    pods: { desired: 3, ready: 2 },
  };
}

/** An environment with the verdict of its first target, or another one. */
export function environment(
  name: string,
  order: number,
  targets: TargetDeployments[],
  overall: Verdict<PlaceState> = targets[0].verdict,
): EnvironmentDeployments {
  return { name, title: name, order, verdict: overall, targets };
}

function record(
  id: string,
  change: Partial<DeploymentRecord>,
): DeploymentRecord {
  return {
    id,
    environment: 'dev',
    cluster: 'aks-dev-weu',
    workload: 'Deployment/orders',
    version: '1.5.0',
    image: {
      container: 'app',
      repository: REPOSITORY,
      tag: '1.5.0',
      digest: digest('a'),
    },
    startedAt: ago(4 * 60),
    commit: GIFT_CARDS,
    ...change,
  };
}

const HISTORY: DeploymentRecord[] = [
  record('1', {
    environment: 'staging',
    cluster: 'aks-staging-weu',
    startedAt: ago(3 * 60),
  }),
  record('2', {}),
  record('3', {
    environment: 'prod',
    cluster: 'aks-prod-weu',
    version: '1.4.1',
    startedAt: ago(3 * 86_400),
    commit: ROUND_TOTALS,
    image: {
      container: 'app',
      repository: REPOSITORY,
      tag: '1.4.1',
      digest: digest('b'),
    },
  }),
  record('4', {
    version: '=1+1',
    startedAt: ago(9 * 86_400),
    commit: undefined,
    image: { container: 'app', repository: REPOSITORY, tag: '1.4.0' },
  }),
];

function document(
  environments: EnvironmentDeployments[],
  history = HISTORY,
): DeploymentsDocument {
  return { entityRef: 'component:default/orders', environments, history };
}

/** Live in dev, failing in staging, two regions of prod that do not agree. */
export function mixedDocument(): DeploymentsDocument {
  const older = healthyTarget('aks-prod-neu', {
    verdict: verdict('suspended', 'paused', 'suspended.by', {
      by: 'lead of team-a',
      reason: 'Freeze until the audit',
    }),
  });
  if (older.deployed && older.kustomization) {
    older.deployed = {
      ...older.deployed,
      version: '1.4.1',
      since: ago(3 * 86_400),
      commit: ROUND_TOTALS,
    };
    older.kustomization = { ...older.kustomization, suspended: true };
  }
  return document([
    // Not in their order: the page sorts.
    environment(
      'prod',
      3,
      [healthyTarget('aks-prod-weu'), older],
      verdict('suspended', 'paused', 'regions.suspended', {
        version: '1.5.0',
        at: 1,
        total: 2,
        affected: 1,
        clusters: 'aks-prod-neu',
      }),
    ),
    environment('dev', 1, [healthyTarget('aks-dev-weu')]),
    environment('staging', 2, [failingTarget('aks-staging-weu')]),
  ]);
}

/** Everything as it should be. */
export function healthyDocument(): DeploymentsDocument {
  return document([
    environment('dev', 1, [healthyTarget('aks-dev-weu')]),
    environment('staging', 2, [healthyTarget('aks-staging-weu')]),
    environment('prod', 3, [
      healthyTarget('aks-prod-weu'),
      healthyTarget('aks-prod-neu'),
    ]),
  ]);
}

/** A service that was registered a moment ago. */
export function emptyDocument(): DeploymentsDocument {
  return document(
    [
      environment('dev', 1, [
        {
          cluster: 'aks-dev-weu',
          namespace: 'team-a',
          source: { state: 'current', asOf: ago(5) },
          verdict: {
            ...verdict('empty', 'unknown', 'place.empty', {
              cluster: 'aks-dev-weu',
              namespace: 'team-a',
            }),
            next: { code: 'next.first-deployment', params: {} },
          },
          workloads: [],
          pods: { desired: 0, ready: 0 },
        },
      ]),
    ],
    [],
  );
}

/** One environment whose source is in a state, with or without what was seen before. */
export function sourceDocument(
  source: SourceStatus,
  seenBefore: boolean,
): DeploymentsDocument {
  const target = healthyTarget('aks-dev-weu', { source });
  const unseen: TargetDeployments = {
    cluster: target.cluster,
    namespace: target.namespace,
    source,
    verdict: verdict(
      'unavailable',
      'unknown',
      `place.unavailable.${source.state}`,
    ),
    workloads: [],
    pods: { desired: 0, ready: 0 },
  };
  return document([environment('dev', 1, [seenBefore ? target : unseen])], []);
}
