// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../../clock';
import { Faults } from '../../faults';
import { type Cluster, startCluster } from '../startCluster';
import type { KubeObject } from '../types';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const registry = {
  host: 'acrfairway.azurecr.io',
  publish: () => {},
  resolve: (image: string) =>
    image.includes('missing') ? undefined : { digest: DIGEST },
  repositories: () => [],
  images: () => [],
};

let clock: ControlledClock;
let faults: Faults;
let cluster: Cluster;

beforeEach(async () => {
  clock = new ControlledClock();
  faults = new Faults();
  cluster = await startCluster({
    name: 'aks-dev-weu',
    port: 0,
    clock,
    faults,
    registry,
  });
  for (const name of ['team-a', 'team-b']) {
    cluster.store.create(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      { manager: 'test' },
    );
  }
});

afterEach(async () => {
  await cluster.stop();
});

function call(
  path: string,
  init: RequestInit & { token?: string; type?: string } = {},
): Promise<Response> {
  return fetch(`${cluster.url}${path}`, {
    ...init,
    headers: {
      authorization: `Bearer ${init.token ?? 'sandbox-portal'}`,
      ...(init.type ? { 'content-type': init.type } : {}),
      ...(init.headers as Record<string, string> | undefined),
    },
  });
}

async function json(path: string, init: Parameters<typeof call>[1] = {}) {
  const response = await call(path, init);
  return { status: response.status, body: await response.json() };
}

function deployment(name: string, image = 'shop/orders:1.4.2'): KubeObject {
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'team-a', labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'app', image }] },
      },
    },
  };
}

const DEPLOYMENTS = '/apis/apps/v1/namespaces/team-a/deployments';

/** Reads a watch line by line, waiting for the next when there is none yet. */
class Lines {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #text = '';

  constructor(response: Response) {
    this.#reader = response.body!.getReader();
  }

  async next(): Promise<any> {
    // eslint-disable-line @typescript-eslint/no-explicit-any -- events are free-form JSON
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return JSON.parse(line);
      }
      const { done, value } = await this.#reader.read();
      if (done) {
        return undefined;
      }
      this.#text += Buffer.from(value).toString();
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

async function watch(path: string): Promise<Lines> {
  return new Lines(await call(path));
}

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
    expect(await json(path, { token })).toEqual({
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
    const response = await call(
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
    const conflict = await json(
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
    const unknown = await json(
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
    const soon = await json(`${kustomizations}/orders`, {
      method: 'PATCH',
      type: 'application/merge-patch+json',
      body: '{"spec":{"interval":"soon"}}',
    });
    expect(soon.body.message).toBe(
      'Kustomization.kustomize.toolkit.fluxcd.io "orders" is invalid: spec.interval: Invalid value: "soon": spec.interval in body should match \'^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$\'',
    );
    const stale = await json(`${kustomizations}/orders`, {
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

function kustomization(name: string): KubeObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'team-a' },
    spec: {
      interval: '5m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'gitops' },
    },
  };
}

const KUSTOMIZATIONS = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';

describe('lists', () => {
  it('pages one moment, and says 410 with a way on when that moment is forgotten', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      cluster.store.create(kustomization(name), { manager: 'test' });
    }
    const first = await json(`${KUSTOMIZATIONS}?limit=2`);
    expect(first.body.metadata.remainingItemCount).toBe(3);
    cluster.store.delete({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace: 'team-a',
      name: 'c',
    });
    cluster.store.create(kustomization('cc'), { manager: 'test' });
    const rest = await json(
      `${KUSTOMIZATIONS}?limit=500&continue=${first.body.metadata.continue}`,
    );
    const names = ({ body }: { body: { items: KubeObject[] } }) =>
      body.items.map(({ metadata }) => metadata.name);
    expect([...names(first), ...names(rest)]).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    expect(rest.body.metadata).toEqual({
      resourceVersion: first.body.metadata.resourceVersion,
    });

    cluster.store.compact();
    const gone = await json(
      `${KUSTOMIZATIONS}?limit=500&continue=${first.body.metadata.continue}`,
    );
    expect([gone.status, gone.body.reason]).toEqual([410, 'Expired']);
    const inconsistent = await json(
      `${KUSTOMIZATIONS}?continue=${gone.body.metadata.continue}`,
    );
    expect(names(inconsistent)).toEqual(['cc', 'd', 'e']);
  });

  it('selects by labels and fields', async () => {
    for (const [name, team] of [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'z'],
    ]) {
      const object = kustomization(name);
      object.metadata.labels = { team };
      cluster.store.create(object, { manager: 'test' });
    }
    const names = async (query: string) =>
      (await json(`${KUSTOMIZATIONS}?${query}`)).body.items.map(
        ({ metadata }: KubeObject) => metadata.name,
      );
    expect(await names('labelSelector=team%20in%20(x,y),team!=y')).toEqual([
      'a',
    ]);
    expect(await names('labelSelector=!team')).toEqual([]);
    expect(await names('fieldSelector=metadata.name%3Db')).toEqual(['b']);
    const bad = await json(`${KUSTOMIZATIONS}?fieldSelector=spec.path%3Db`);
    expect(bad.status).toBe(400);
  });
});

describe('watches', () => {
  it('tells what was there, its end, what comes, and a bookmark each minute', async () => {
    cluster.store.create(kustomization('a'), { manager: 'test' });
    const lines = await watch(
      `${KUSTOMIZATIONS}?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
    );
    expect((await lines.next()).object.metadata.name).toBe('a');
    expect(await lines.next()).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'Kustomization',
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        metadata: {
          resourceVersion: String(cluster.store.resourceVersion()),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
    cluster.store.create(kustomization('b'), { manager: 'test' });
    expect(await lines.next()).toMatchObject({
      type: 'ADDED',
      object: { metadata: { name: 'b' } },
    });
    await clock.advance(60_000);
    expect(await lines.next()).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'Kustomization',
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        metadata: { resourceVersion: String(cluster.store.resourceVersion()) },
      },
    });
    await lines.close();
  });

  it('goes on from a version, and answers an expired one with an ERROR event', async () => {
    cluster.store.create(kustomization('a'), { manager: 'test' });
    const from = cluster.store.resourceVersion();
    cluster.store.create(kustomization('b'), { manager: 'test' });
    const lines = await watch(
      `${KUSTOMIZATIONS}?watch=1&resourceVersion=${from}`,
    );
    expect((await lines.next()).object.metadata.name).toBe('b');
    await lines.close();
    cluster.store.compact();
    const old = await call(`${KUSTOMIZATIONS}?watch=1&resourceVersion=2`);
    expect(old.status).toBe(200);
    expect(JSON.parse(await old.text())).toEqual({
      type: 'ERROR',
      object: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `too old resource version: 2 (${cluster.store.oldestVersion()})`,
        reason: 'Expired',
        code: 410,
      },
    });
  });

  it('ends with a fault and with the definition of its kind', async () => {
    const one = await watch(
      `${KUSTOMIZATIONS}?watch=1&resourceVersion=${cluster.store.resourceVersion()}`,
    );
    faults.set({
      system: 'cluster/aks-dev-weu',
      kind: 'expire-resource-versions',
    });
    expect(await one.next()).toMatchObject({
      type: 'ERROR',
      object: { code: 410 },
    });
    expect(await one.next()).toBeUndefined();
    faults.set({ system: 'cluster/aks-dev-weu', kind: '503' });
    const busy = await call(KUSTOMIZATIONS);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);
    faults.set({ system: 'cluster/aks-dev-weu', kind: 'down' });
    await expect(call(KUSTOMIZATIONS)).rejects.toThrow();
    faults.clear();
    expect((await call(KUSTOMIZATIONS)).status).toBe(200);
  });
});

describe('a Deployment', () => {
  it('rolls out until it is available and tells its story', async () => {
    cluster.store.apply(deployment('orders'), {
      manager: 'kustomize-controller',
    });
    await clock.advance(60_000);
    const { body } = await json(`${DEPLOYMENTS}/orders`);
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
    const pods = await json(
      '/api/v1/namespaces/team-a/pods?labelSelector=app.kubernetes.io/name%3Dorders',
    );
    const [pod] = pods.body.items;
    expect(pods.body.items).toHaveLength(1);
    expect(pod.status.phase).toBe('Running');
    expect(pod.status.containerStatuses[0].imageID).toBe(
      `shop/orders@${DIGEST}`,
    );
    const log = await call(
      `/api/v1/namespaces/team-a/pods/${pod.metadata.name}/log?tailLines=2`,
    );
    expect((await log.text()).trim().split('\n')).toHaveLength(2);
    const admin = { token: 'sandbox-admin', method: 'DELETE' };
    await json(`${DEPLOYMENTS}/orders`, admin);
    await clock.advance(5000);
    expect(cluster.store.list('v1', 'Pod')).toEqual([]);
    expect(cluster.store.list('apps/v1', 'ReplicaSet')).toEqual([]);
  });
});

describe('discovery', () => {
  it('follows definitions as they come and go, in both forms', async () => {
    const crd = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const admin = { token: 'sandbox-admin' };
    const created = await json(crd, {
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
      (await json('/apis/flagger.app/v1beta1')).body.resources[0],
    ).toMatchObject({
      name: 'canaries',
      kind: 'Canary',
      namespaced: true,
    });
    const aggregated = await json('/apis', {
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
    const lines = await watch('/apis/flagger.app/v1beta1/canaries?watch=1');
    expect((await lines.next()).type).toBe('ADDED');
    await json(`${crd}/canaries.flagger.app`, { ...admin, method: 'DELETE' });
    expect((await lines.next()).type).toBe('DELETED');
    expect(await lines.next()).toBeUndefined();
    expect((await call('/apis/flagger.app/v1beta1/canaries')).status).toBe(404);
  });
});
