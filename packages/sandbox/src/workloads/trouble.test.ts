// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ControlledClock } from '../clock';
import { openCluster } from '../kubernetes';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { ensureNodes, startWorkloads } from '.';

const registry = {
  host: 'acrfairway.azurecr.io',
  publish: () => {},
  resolve: () => ({ digest: `sha256:${'a'.repeat(64)}` }),
  repositories: () => [],
  images: () => [],
};

const NAMESPACE = 'team-b';

/** The states of each controller's objects, one after the other, as the recording has them. */
function recorded(): Map<string, string[]> {
  const text = readFileSync(
    // eslint-disable-next-line no-restricted-syntax -- tests are never bundled
    join(__dirname, '__recordings__', '15-workload-trouble.txt'),
    'utf8',
  );
  const states = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('  ')) {
      current.push(line.trim());
    } else {
      current = [];
      states.set(line, current);
    }
  }
  return states;
}

/** The watch missed this state of `leaky` alone: two writes within 2 ms. */
const MISSED =
  'Available=False/MinimumReplicasUnavailable Progressing=True/NewReplicaSetCreated';

function stateOf({ kind, status = {} }: KubeObject): string {
  const conditions =
    (status.conditions ?? [])
      .map(
        (one: Record<string, string>) =>
          `${one.type}=${one.status}/${one.reason}`,
      )
      .sort()
      .join(' ') || '-';
  switch (kind) {
    case 'StatefulSet':
      return `replicas=${status.replicas} ready=${status.readyReplicas ?? 0}`;
    case 'Job':
      return `active=${status.active ?? 0} failed=${
        status.failed ?? 0
      } succeeded=${status.succeeded ?? 0} ${conditions}`;
    default:
      return conditions;
  }
}

const clock = new ControlledClock('2026-11-20T09:00:00Z');
const seen = new Map<string, string[]>();
let store: ClusterStore;
let stop: () => void;

beforeAll(() => {
  store = openCluster({ name: 'aks-dev-weu', clock });
  ensureNodes(store, { count: 3, region: 'westeurope', now: clock.now() });
  store.create(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    { manager: 'test' },
  );
  stop = startWorkloads({ store, clock, registry });
  store.subscribe(({ object, type }) => {
    if (
      ['Deployment', 'StatefulSet', 'Job'].includes(object.kind) &&
      type !== 'DELETED'
    ) {
      const key = `${object.kind.toLowerCase()} ${object.metadata.name}`;
      const states = seen.get(key) ?? [];
      seen.set(key, states);
      const state = stateOf(object);
      if (states.at(-1) !== state) {
        states.push(state);
      }
    }
  });
});

afterAll(() => stop());

function template(name: string, behaviour?: string, more: object = {}) {
  return {
    metadata: {
      labels: { app: name },
      ...(behaviour
        ? { annotations: { 'sandbox.fairway.dev/behaviour': behaviour } }
        : {}),
    },
    spec: {
      containers: [
        {
          name: 'app',
          image: `shop/${name}:1.0.0`,
          resources: { requests: { cpu: '100m' } },
        },
      ],
      ...more,
    },
  };
}

function create(apiVersion: string, kind: string, name: string, spec: object) {
  store.create(
    { apiVersion, kind, metadata: { name, namespace: NAMESPACE }, spec },
    { manager: 'kubectl' },
  );
}

function deploy(
  name: string,
  replicas: number,
  behaviour?: string,
  more: object = {},
) {
  create('apps/v1', 'Deployment', name, {
    replicas,
    progressDeadlineSeconds: 30,
    selector: { matchLabels: { app: name } },
    template: template(name, behaviour, more),
  });
}

function patch(kind: string, name: string, body: object, status = false) {
  store.patch(
    {
      apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
      kind,
      namespace: NAMESPACE,
      name,
    },
    'merge',
    body,
    { manager: 'kubectl', ...(status ? { subresource: 'status' } : {}) },
  );
}

function podsOf(app: string): KubeObject[] {
  return store.list('v1', 'Pod', { namespace: NAMESPACE, labels: { app } });
}

it('has the same troubles in the same words as real controllers', async () => {
  deploy('payments', 2);
  deploy('inventory', 2);
  await clock.advance(10_000);

  deploy('big', 2, undefined, {
    containers: [
      {
        name: 'app',
        image: 'shop/big:1.0.0',
        resources: { requests: { cpu: '16' } },
      },
    ],
  });
  deploy('migrator', 1, 'init-crash', {
    initContainers: [{ name: 'migrate', image: 'shop/migrate:1.0.0' }],
  });
  deploy('leaky', 1, 'oom');
  deploy('slow', 1, 'never-ready');
  create('batch/v1', 'Job', 'nightly-export', {
    backoffLimit: 2,
    template: template('nightly-export', 'crash-loop', {
      restartPolicy: 'Never',
    }),
  });
  create('batch/v1', 'Job', 'seed-data', {
    template: template('seed-data', undefined, { restartPolicy: 'Never' }),
  });
  create('apps/v1', 'StatefulSet', 'ledger', {
    replicas: 3,
    serviceName: 'ledger',
    selector: { matchLabels: { app: 'ledger' } },
    template: template('ledger', 'never-ready'),
  });
  await clock.advance(60_000);

  expect(podsOf('big').map(({ status }) => status.conditions)).toEqual(
    [1, 2].map(() => [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message:
          '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
        lastTransitionTime: expect.any(String),
      },
    ]),
  );
  expect(podsOf('ledger').map(({ metadata }) => metadata.name)).toEqual([
    'ledger-0',
  ]);

  const [evicted] = podsOf('inventory');
  patch(
    'Pod',
    evicted.metadata.name,
    {
      status: {
        phase: 'Failed',
        reason: 'Evicted',
        conditions: [{ type: 'Ready', status: 'False', reason: 'PodFailed' }],
      },
    },
    true,
  );
  await clock.advance(10_000);
  patch('Deployment', 'inventory', { spec: { paused: true } });
  await clock.advance(1000);
  patch('Deployment', 'inventory', {
    spec: { template: { metadata: { annotations: { release: '2.1.0' } } } },
  });
  await clock.advance(10_000);

  const states = recorded();
  states.get('deployment leaky')!.splice(2, 0, MISSED);
  for (const [key, expected] of states) {
    expect([key, seen.get(key)?.slice(0, expected.length)]).toEqual([
      key,
      expected,
    ]);
  }
});
