// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../../clock';
import { StateStore } from '../../state';
import { openCluster } from '../startCluster';
import type { KubeObject } from '../types';

const ref = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'default',
  name: 'orders',
};

function orders(image: string, env: string[] = []): KubeObject {
  const labels = { app: 'orders' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'orders', namespace: 'default', labels },
    spec: {
      strategy: {},
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'app',
              image,
              ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
              ...(env.length
                ? { env: env.map(name => ({ name, value: '1' })) }
                : {}),
            },
          ],
        },
      },
    },
  };
}

function open(state?: StateStore) {
  const clock = new ControlledClock('2026-11-20T09:00:00Z');
  const store = openCluster({ name: 'aks-dev-weu', clock, state });
  const changes: string[] = [];
  store.subscribe(({ type, object }) =>
    changes.push(`${type} ${object.kind} ${object.metadata.name}`),
  );
  return { clock, store, changes };
}

const FLUX = { manager: 'kustomize-controller', force: true };

describe('apply', () => {
  it('owns leaves and list items only, and leaves defaults to nobody', () => {
    const { store } = open();
    const [entry, ...others] = store.apply(orders('x:1'), FLUX).metadata
      .managedFields!;
    expect(others).toEqual([]);
    expect(entry).toEqual({
      manager: 'kustomize-controller',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      time: '2026-11-20T09:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:metadata': { 'f:labels': { 'f:app': {} } },
        'f:spec': {
          'f:selector': {},
          'f:strategy': {},
          'f:template': {
            'f:metadata': { 'f:labels': { 'f:app': {} } },
            'f:spec': {
              'f:containers': {
                'k:{"name":"app"}': {
                  '.': {},
                  'f:image': {},
                  'f:name': {},
                  'f:ports': {
                    'k:{"containerPort":8080,"protocol":"TCP"}': {
                      '.': {},
                      'f:containerPort': {},
                      'f:name': {},
                      'f:protocol': {},
                    },
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  it('drops what it no longer applies, keeps what others own, and writes nothing when nothing changes', async () => {
    const { clock, store, changes } = open();
    store.apply(orders('x:1', ['A', 'B']), FLUX);
    store.patch(
      ref,
      'merge',
      { status: { replicas: 1 } },
      { manager: 'kube-controller-manager', subresource: 'status' },
    );
    store.patch(
      ref,
      'merge',
      { spec: { replicas: 3 } },
      { manager: 'kube-controller-manager', subresource: 'scale' },
    );
    const next = store.apply(orders('x:2', ['B']), FLUX);
    expect(next.spec.template.spec.containers[0].env).toEqual([
      { name: 'B', value: '1' },
    ]);
    expect([next.spec.replicas, next.metadata.generation]).toEqual([3, 3]);
    expect(
      next.metadata.managedFields!.map(entry => [
        entry.manager,
        entry.subresource,
      ]),
    ).toEqual([
      ['kustomize-controller', undefined],
      ['kube-controller-manager', 'scale'],
      ['kube-controller-manager', 'status'],
    ]);
    const before = changes.length;
    await clock.advance(60_000);
    expect(store.apply(orders('x:2', ['B']), FLUX)).toBe(store.get(ref));
    expect(changes).toHaveLength(before);
  });

  it('gives a field to the last of two managers and names the first in the conflict', () => {
    const { store } = open();
    store.create(orders('x:1'), { manager: 'kubectl' });
    const other = orders('x:2');
    expect(() => store.apply(other, { manager: 'portal' })).toThrow(
      'Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.template.spec.containers[name="app"].image',
    );
    store.apply(other, { manager: 'portal', force: true });
    expect(() =>
      store.apply(orders('x:3'), { manager: 'kustomize-controller' }),
    ).toThrow('conflict with "portal": .spec.template');
  });
});

describe('deletion', () => {
  it('takes dependents along, waits for finalizers, and empties a namespace', () => {
    const { store, changes } = open();
    store.create(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team-a' } },
      { manager: 'test' },
    );
    const map = (name: string, more = {}) =>
      store.create(
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, namespace: 'team-a', ...more },
        },
        { manager: 'test' },
      );
    const owner = map('owner');
    map('child', {
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: 'owner',
          uid: owner.metadata.uid,
        },
      ],
    });
    map('held', { finalizers: ['fairway.dev/test'] });
    changes.length = 0;
    const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'team-a' };
    expect(store.delete(namespace)?.status).toEqual({ phase: 'Terminating' });
    expect(() => map('late')).toThrow('because it is being terminated');
    store.patch(
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        namespace: 'team-a',
        name: 'held',
      },
      'merge',
      { metadata: { finalizers: null } },
      { manager: 'test' },
    );
    expect(changes).toEqual([
      'MODIFIED Namespace team-a',
      'DELETED ConfigMap owner',
      'DELETED ConfigMap child',
      'MODIFIED ConfigMap held',
      'DELETED ConfigMap held',
      'DELETED Namespace team-a',
    ]);
  });
});

describe('a restart', () => {
  it('brings back every object and never a version that was used', () => {
    const state = StateStore.inMemory();
    const first = open(state).store;
    const written = first.apply(orders('x:1'), FLUX);
    const second = open(state).store;
    expect(second.get(ref)).toEqual(written);
    expect(second.resourceVersion()).toBeGreaterThanOrEqual(
      first.resourceVersion(),
    );
    expect(second.list('v1', 'Namespace')).toHaveLength(4);
  });
});
