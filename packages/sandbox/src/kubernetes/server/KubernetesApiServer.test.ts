// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../types';
import {
  deployment,
  DEPLOYMENTS,
  DIGEST,
  TestCluster,
} from '../__testing__/TestCluster';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
});

afterEach(async () => {
  await cluster.stop();
});

describe('a Deployment', () => {
  it('rolls out until it is available and tells its story', async () => {
    cluster.store.apply(deployment('orders'), {
      manager: 'kustomize-controller',
    });
    await cluster.clock.advance(60_000);
    const { body } = await cluster.json(`${DEPLOYMENTS}/orders`);
    expect(body.status).toMatchObject({
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
    });
    const reasons = body.status.conditions.map(
      ({ type, status, reason }: Record<string, string>) => [
        type,
        status,
        reason,
      ],
    );
    expect(reasons).toEqual(
      expect.arrayContaining([
        ['Available', 'True', 'MinimumReplicasAvailable'],
        ['Progressing', 'True', 'NewReplicaSetAvailable'],
      ]),
    );
    const pods = await cluster.json(
      '/api/v1/namespaces/team-a/pods?labelSelector=app.kubernetes.io/name%3Dorders',
    );
    const [pod] = pods.body.items;
    expect(pods.body.items).toHaveLength(1);
    expect(pod.status.phase).toBe('Running');
    expect(pod.status.containerStatuses[0].imageID).toBe(
      `shop/orders@${DIGEST}`,
    );
    const log = await cluster.call(
      `/api/v1/namespaces/team-a/pods/${pod.metadata.name}/log?tailLines=2`,
    );
    expect((await log.text()).trim().split('\n')).toHaveLength(2);
    const admin = { token: 'sandbox-admin', method: 'DELETE' };
    await cluster.json(`${DEPLOYMENTS}/orders`, admin);
    await cluster.clock.advance(5000);
    expect(cluster.store.list('v1', 'Pod')).toEqual([]);
    expect(cluster.store.list('apps/v1', 'ReplicaSet')).toEqual([]);
  });
});

describe('discovery', () => {
  it('follows definitions as they come and go, in both forms', async () => {
    const crd = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const admin = { token: 'sandbox-admin' };
    const created = await cluster.json(crd, {
      ...admin,
      method: 'POST',
      type: 'application/json',
      body: JSON.stringify({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'canaries.flagger.app' },
        spec: {
          group: 'flagger.app',
          scope: 'Namespaced',
          names: { kind: 'Canary', plural: 'canaries', singular: 'canary' },
          versions: [
            {
              name: 'v1beta1',
              served: true,
              storage: true,
              subresources: { status: {} },
            },
          ],
        },
      }),
    });
    expect(created.status).toBe(201);
    expect(
      (await cluster.json('/apis/flagger.app/v1beta1')).body.resources[0],
    ).toMatchObject({
      name: 'canaries',
      kind: 'Canary',
      namespaced: true,
    });
    const aggregated = await cluster.json('/apis', {
      headers: {
        accept:
          'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json',
      },
    });
    expect(aggregated.body.kind).toBe('APIGroupDiscoveryList');
    expect(
      aggregated.body.items.map(({ metadata }: KubeObject) => metadata.name),
    ).toContain('flagger.app');
    cluster.store.create(
      {
        apiVersion: 'flagger.app/v1beta1',
        kind: 'Canary',
        metadata: { name: 'cart', namespace: 'team-a' },
        spec: {},
      },
      { manager: 'test' },
    );
    const lines = await cluster.watch(
      '/apis/flagger.app/v1beta1/canaries?watch=1',
    );
    expect((await lines.next()).type).toBe('ADDED');
    await cluster.json(`${crd}/canaries.flagger.app`, {
      ...admin,
      method: 'DELETE',
    });
    expect((await lines.next()).type).toBe('DELETED');
    expect(await lines.next()).toBeUndefined();
    expect(
      (await cluster.call('/apis/flagger.app/v1beta1/canaries')).status,
    ).toBe(404);
  });
});

describe('versions', () => {
  it('a new object has none, and a custom resource is replaced only by who read it', async () => {
    const path =
      '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/team-a/kustomizations';
    const object = (resourceVersion?: string) => ({
      metadata: {
        name: 'orders',
        ...(resourceVersion ? { resourceVersion } : {}),
      },
      spec: {
        interval: '5m',
        prune: true,
        sourceRef: { kind: 'GitRepository', name: 'gitops' },
      },
    });
    const send = (method: string, at: string, body: object) =>
      cluster.json(at, {
        token: 'sandbox-admin',
        type: 'application/json',
        method,
        body: JSON.stringify(body),
      });
    expect((await send('POST', path, object('7'))).body.message).toBe(
      'resourceVersion should not be set on objects to be created',
    );
    const made = await send('POST', path, object());
    expect(made.status).toBe(201);
    expect(await send('PUT', `${path}/orders`, object())).toMatchObject({
      status: 422,
      body: {
        message:
          'kustomizations.kustomize.toolkit.fluxcd.io "orders" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
      },
    });
    expect((await send('PUT', `${path}/orders`, object('1'))).status).toBe(409);
    const read = object(made.body.metadata.resourceVersion);
    expect((await send('PUT', `${path}/orders`, read)).status).toBe(200);
  });

  it('names are made from a prefix when none is given', async () => {
    const made = await cluster.json('/api/v1/namespaces/team-a/configmaps', {
      token: 'sandbox-admin',
      type: 'application/json',
      method: 'POST',
      body: JSON.stringify({ metadata: { generateName: 'run-' } }),
    });
    expect(made.body.metadata.name).toMatch(
      /^run-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
    );
  });
});
