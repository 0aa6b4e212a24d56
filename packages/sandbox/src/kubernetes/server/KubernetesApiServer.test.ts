// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../types';
import {
  deployment,
  DEPLOYMENTS,
  DIGEST,
  kustomization,
  TestCluster,
} from '../__testing__/TestCluster';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
});

afterEach(async () => {
  await cluster.stop();
});

describe('refusals', () => {
  it.each([
    [
      'an unknown token',
      '/apis/apps/v1/deployments',
      'wrong',
      401,
      { message: 'Unauthorized', reason: 'Unauthorized' },
    ],
    [
      'a list that is not allowed',
      DEPLOYMENTS,
      'sandbox-nobody',
      403,
      {
        message:
          'deployments.apps is forbidden: User "portal-viewer" cannot list resource "deployments" in API group "apps" in the namespace "team-a"',
        reason: 'Forbidden',
        details: { group: 'apps', kind: 'deployments' },
      },
    ],
    [
      'a watch that is not allowed',
      '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations?watch=1',
      'sandbox-nobody',
      403,
      {
        message:
          'kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "portal-viewer" cannot watch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" at the cluster scope',
        reason: 'Forbidden',
        details: {
          group: 'kustomize.toolkit.fluxcd.io',
          kind: 'kustomizations',
        },
      },
    ],
    [
      'an object that is not there',
      `${DEPLOYMENTS}/nope`,
      'sandbox-portal',
      404,
      {
        message: 'deployments.apps "nope" not found',
        reason: 'NotFound',
        details: { name: 'nope', group: 'apps', kind: 'deployments' },
      },
    ],
  ])('%s', async (_, path, token, status, expected) => {
    expect(await cluster.json(path, { token })).toEqual({
      status,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        code: status,
        ...expected,
      },
    });
  });

  it('answers an unknown group in text', async () => {
    const response = await cluster.call(
      '/apis/notification.toolkit.fluxcd.io/v1/receivers',
    );
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    );
    expect(await response.text()).toBe('404 page not found\n');
  });

  it('words an apply conflict, an unknown field and a bad duration as recorded', async () => {
    cluster.store.apply(deployment('orders'), {
      manager: 'kustomize-controller',
    });
    const conflict = await cluster.json(
      `${DEPLOYMENTS}/orders?dryRun=All&fieldManager=portal`,
      {
        token: 'sandbox-admin',
        method: 'PATCH',
        type: 'application/apply-patch+yaml',
        body: JSON.stringify({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'orders', namespace: 'team-a' },
          spec: {
            template: { spec: { containers: [{ name: 'app', image: 'x:1' }] } },
          },
        }),
      },
    );
    expect(conflict.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'Apply failed with 1 conflict: conflict with "kustomize-controller": .spec.template.spec.containers[name="app"].image',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kustomize-controller"',
            field: '.spec.template.spec.containers[name="app"].image',
          },
        ],
      },
      code: 409,
    });
    const kustomizations =
      '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/team-a/kustomizations';
    cluster.store.create(kustomization('orders'), { manager: 'test' });
    const unknown = await cluster.json(
      `${kustomizations}/orders?fieldManager=portal&force=true`,
      {
        method: 'PATCH',
        type: 'application/apply-patch+yaml',
        body: 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: orders}\nspec: {bogus: 1}\n',
      },
    );
    expect(unknown).toEqual({
      status: 500,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message:
          'failed to create typed patch object (team-a/orders; kustomize.toolkit.fluxcd.io/v1, Kind=Kustomization): .spec.bogus: field not declared in schema',
        code: 500,
      },
    });
    const soon = await cluster.json(`${kustomizations}/orders`, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: '{"spec":{"interval":"soon"}}',
    });
    expect(soon.body.message).toBe(
      'Kustomization.kustomize.toolkit.fluxcd.io "orders" is invalid: spec.interval: Invalid value: "soon": spec.interval in body should match \'^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$\'',
    );
    const stale = await cluster.json(`${kustomizations}/orders`, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: '{"metadata":{"resourceVersion":"1"},"spec":{"suspend":true}}',
    });
    expect([stale.status, stale.body.message]).toEqual([
      409,
      'Operation cannot be fulfilled on kustomizations.kustomize.toolkit.fluxcd.io "orders": the object has been modified; please apply your changes to the latest version and try again',
    ]);
  });
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
