// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../clock';
import { openCluster } from '../kubernetes';
import type { KubeObject } from '../kubernetes/types';
import { ensureNodes, startWorkloads } from '.';

const registry = {
  host: 'acrfairway.azurecr.io',
  publish: () => {},
  resolve: () => ({ digest: `sha256:${'a'.repeat(64)}` }),
  repositories: () => [],
  images: () => [],
};

const REF = { apiVersion: 'v1', namespace: 'default' };
const clock = new ControlledClock('2026-11-20T09:00:00Z');
const store = openCluster({ name: 'aks-dev-weu', clock });
let stop: () => void;

beforeAll(() => {
  ensureNodes(store, { count: 3, region: 'westeurope', now: clock.now() });
  stop = startWorkloads({ store, clock, registry });
});

afterAll(() => stop());

function deploy(
  name: string,
  replicas: number,
  version: string,
  resources: object,
): void {
  store.apply(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'default' },
      spec: {
        replicas,
        progressDeadlineSeconds: 30,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: {
            containers: [
              { name: 'app', image: `shop/${name}:${version}`, resources },
            ],
          },
        },
      },
    },
    { manager: 'kubectl', force: true },
  );
}

const SMALL = { requests: { cpu: '100m', memory: '64Mi' } };

const used = () =>
  store.get({ ...REF, kind: 'ResourceQuota', name: 'tenant' })!.status;

function conditions(): Record<string, string> {
  const { status } = store.get({
    ...REF,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'payments',
  })!;
  return Object.fromEntries(
    status.conditions.map((one: Record<string, string>) => [
      one.type,
      `${one.status} ${one.reason}`,
    ]),
  );
}

const refusals = () =>
  store
    .list('v1', 'Event')
    .filter(({ reason }: KubeObject) => reason === 'FailedCreate')
    .map(({ message }) => message.replace(/payments-\w+-\w+/, '*'));

it('a quota keeps its books, stops a rollout and lets it go on, as recorded', async () => {
  const hard = { 'requests.cpu': '650m', 'requests.memory': '1Gi', pods: '20' };
  deploy('inventory', 2, '1.0.0', SMALL);
  deploy('payments', 2, '2.0.0', SMALL);
  await clock.advance(10_000);
  store.create(
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'tenant', namespace: 'default' },
      spec: { hard },
    },
    { manager: 'kubectl' },
  );
  await clock.advance(1000);
  expect(used()).toEqual({
    hard,
    used: { pods: '4', 'requests.cpu': '400m', 'requests.memory': '256Mi' },
  });

  deploy('payments', 6, '2.1.0', SMALL);
  await clock.advance(60_000);
  expect(conditions()).toEqual({
    Available: 'False MinimumReplicasUnavailable',
    Progressing: 'False ProgressDeadlineExceeded',
    ReplicaFailure: 'True FailedCreate',
  });
  expect(used().used['requests.cpu']).toBe('600m');
  expect(new Set(refusals())).toEqual(
    new Set([
      'Error creating: pods "*" is forbidden: exceeded quota: tenant, requested: requests.cpu=100m, used: requests.cpu=600m, limited: requests.cpu=650m',
    ]),
  );

  // The failure stays until the next try, 30 s later, although the room is there.
  store.patch(
    { ...REF, kind: 'ResourceQuota', name: 'tenant' },
    'merge',
    { spec: { hard: { 'requests.cpu': '2' } } },
    { manager: 'kubectl' },
  );
  await clock.advance(100);
  expect(conditions().ReplicaFailure).toBe('True FailedCreate');
  await clock.advance(120_000);
  expect(conditions()).toEqual({
    Available: 'True MinimumReplicasAvailable',
    Progressing: 'True NewReplicaSetAvailable',
  });
  expect(used()).toEqual({
    hard: { ...hard, 'requests.cpu': '2' },
    used: { pods: '8', 'requests.cpu': '800m', 'requests.memory': '512Mi' },
  });
});

it('a pod that does not say what it asks for is refused', async () => {
  deploy('payments', 6, '2.2.0', { requests: { cpu: '100m' } });
  await clock.advance(1000);
  expect(refusals()).toContain(
    'Error creating: pods "*" is forbidden: failed quota: tenant: must specify requests.memory for: app',
  );
});
