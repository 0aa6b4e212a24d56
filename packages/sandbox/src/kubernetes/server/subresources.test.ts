// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  deployment,
  DEPLOYMENTS,
  kustomization,
  TestCluster,
} from '../__testing__/TestCluster';
import type { KubeObject } from '../types';

const FLUX =
  '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/team-a/kustomizations/orders';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
});

afterEach(() => cluster.stop());

function send(method: string, path: string, body: object, type?: string) {
  return cluster.json(path, {
    token: 'sandbox-admin',
    method,
    type: type ?? 'application/json',
    body: JSON.stringify(body),
  });
}

const facts = ({ metadata, spec, status }: KubeObject) => ({
  generation: metadata.generation,
  labels: metadata.labels,
  interval: spec.interval,
  status,
});

it('status and spec are written apart from each other', async () => {
  const object = kustomization('orders');
  object.status = { lastAppliedRevision: 'of the creator' };
  const made = cluster.store.create(object, { manager: 'test' });
  expect(facts(made)).toEqual({
    generation: 1,
    labels: undefined,
    interval: '5m',
    status: { observedGeneration: -1 },
  });

  const change = (current: KubeObject, interval: string, revision: string) => ({
    ...current,
    metadata: { ...current.metadata, labels: { changed: 'yes' } },
    spec: { ...current.spec, interval },
    status: { ...current.status, lastAppliedRevision: revision },
  });
  const main = await send('PUT', FLUX, change(made, '10m', 'by main'));
  expect(facts(main.body)).toEqual({
    generation: 2,
    labels: { changed: 'yes' },
    interval: '10m',
    status: { observedGeneration: -1 },
  });
  const part = await send(
    'PUT',
    `${FLUX}/status`,
    change(main.body, '1h', 'by status'),
  );
  const expected = {
    generation: 2,
    labels: { changed: 'yes' },
    interval: '10m',
    status: { observedGeneration: -1, lastAppliedRevision: 'by status' },
  };
  expect(facts(part.body)).toEqual(expected);
  for (const [path, spec] of [
    [`${FLUX}/status`, { interval: '2h' }],
    [FLUX, {}],
  ] as const) {
    await send(
      'PATCH',
      path,
      {
        metadata: { labels: { changed: 'yes' } },
        spec,
        status: path === FLUX ? { lastAppliedRevision: 'by main' } : {},
      },
      'application/merge-patch+json',
    );
  }
  expect(facts((await cluster.json(`${FLUX}/status`)).body)).toEqual(expected);
  expect(
    part.body.metadata.managedFields.map(
      ({ manager, subresource }: Record<string, string>) => [
        manager,
        subresource,
      ],
    ),
  ).toEqual([
    ['node', undefined],
    ['node', 'status'],
    ['test', undefined],
  ]);
  const refused = await cluster.json(`${FLUX}/status`, {
    token: 'sandbox-nobody',
  });
  expect([refused.status, refused.body.message]).toEqual([
    403,
    'kustomizations.kustomize.toolkit.fluxcd.io "orders" is forbidden: User "portal-viewer" cannot get resource "kustomizations/status" in API group "kustomize.toolkit.fluxcd.io" in the namespace "team-a"',
  ]);
});

it('scale changes the replicas and nothing else', async () => {
  cluster.store.apply(deployment('orders'), {
    manager: 'kustomize-controller',
  });
  const before = await cluster.json(`${DEPLOYMENTS}/orders/scale`);
  expect(before.body).toMatchObject({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    spec: { replicas: 1 },
  });
  const after = await send(
    'PATCH',
    `${DEPLOYMENTS}/orders/scale`,
    { spec: { replicas: 3 } },
    'application/merge-patch+json',
  );
  expect(after.body.spec).toEqual({ replicas: 3 });
  const { body } = await cluster.json(`${DEPLOYMENTS}/orders`);
  expect([body.spec.replicas, body.metadata.generation]).toEqual([3, 2]);
});

describe('logs', () => {
  async function pod(behaviour?: string, more: object[] = []) {
    const object = deployment('orders');
    object.spec.template.metadata.annotations = behaviour
      ? { 'sandbox.fairway.dev/behaviour': behaviour }
      : {};
    object.spec.template.spec.containers.push(...more);
    cluster.store.apply(object, { manager: 'test' });
    await cluster.clock.advance(60_000);
    const [found] = cluster.store.list('v1', 'Pod', { namespace: 'team-a' });
    return `/api/v1/namespaces/team-a/pods/${found.metadata.name}/log`;
  }
  const text = async (path: string) => (await cluster.call(path)).text();

  it('are cut by lines and time, and carry time stamps when asked', async () => {
    const path = await pod();
    const all = (await text(path)).trimEnd().split('\n');
    expect(JSON.parse(all[0])).toMatchObject({ msg: 'orders starting' });
    expect((await text(`${path}?tailLines=2`)).trimEnd().split('\n')).toEqual(
      all.slice(-2),
    );
    expect(await text(`${path}?tailLines=0`)).toBe('');
    const recent = (await text(`${path}?sinceSeconds=20&timestamps=true`))
      .trimEnd()
      .split('\n');
    expect(recent.map(line => line.slice(25))).toEqual(
      all.slice(-recent.length),
    );
    expect(recent[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z \{/);
  });

  it('can be followed until the pod goes', async () => {
    const path = await pod();
    const response = await cluster.call(`${path}?follow=true&tailLines=0`);
    const reading = response.text();
    await cluster.clock.advance(31_000);
    await send('DELETE', path.replace('/log', ''), { gracePeriodSeconds: 0 });
    await cluster.clock.advance(10_000);
    const lines = (await reading).trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line).msg)).toEqual([
      'request',
      'request',
    ]);
  });

  it('of the container before the last restart tell why it ended', async () => {
    const path = await pod('crash-loop');
    const last = (await text(`${path}?previous=true`)).trimEnd().split('\n');
    expect(JSON.parse(last.at(-1)!)).toMatchObject({
      level: 'error',
      exitCode: 1,
    });
  });

  it.each([
    [
      '',
      'a container name must be specified for pod *, choose one of: [app proxy]',
    ],
    ['?container=none', 'container none is not valid for pod *'],
    [
      '?container=app&previous=true',
      'previous terminated container "app" in pod "*" not found',
    ],
    [
      '?container=proxy',
      'container "proxy" in pod "*" is waiting to start: ImagePullBackOff',
    ],
  ])('%s is refused', async (query, message) => {
    const path = await pod(undefined, [
      { name: 'proxy', image: 'acrfairway.azurecr.io/shop/missing:1' },
    ]);
    const [name] = /orders-\w+-\w+/.exec(path)!;
    expect(await cluster.json(`${path}${query}`)).toMatchObject({
      status: 400,
      body: { reason: 'BadRequest', message: message.replace('*', name) },
    });
  });
});
