// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { LiveTopic } from '@fairway/plugin-delivery-node';
import type { DeploymentsDocument } from '@fairway/plugin-flux-common';
import {
  component,
  startPortal,
  USER,
  type TestPortal,
} from './__testUtils__/startPortal';
import { TestWorld, until } from './__testUtils__/TestWorld';

/** A routine run of its own is news of a service as well. */
const SELDOM = { interval: '10h' };
const DEV = 'aks-dev-weu';
const caller = mockCredentials.user(USER);
const keyOf = (service: string) => `component:default/${service}`;

describe('the live documents', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let world: TestWorld;
  let portal: TestPortal;
  let topic: LiveTopic;
  const stops: Array<() => void> = [];

  beforeAll(async () => {
    world = await TestWorld.start();
    const dev = { 'fairway.dev/environments': 'dev' };
    for (const service of ['orders', 'billing']) {
      world.publish(service, '1.0.0', '1.1.0');
      await world.addService(service, { dev: { version: '1.0.0' } }, SELDOM);
    }
    await world.addService('platform', { dev: { version: '1.0.0' } });
    world.publish('waits', '1.0.0');
    await world.addService(
      'waits',
      { dev: { version: '1.0.0' } },
      { dependsOn: [{ name: 'platform' }] },
    );
    const knex = await databases.init('SQLITE_3');
    portal = await startPortal(world, {
      knex,
      entities: ['orders', 'billing', 'hidden', 'waits', 'later'].map(name =>
        component(name, dev),
      ),
      hidden: [keyOf('hidden')],
    });
    for (const service of ['orders', 'billing']) {
      await portal.documentWhen(
        service,
        'it is live and attributed',
        ({ environments, history }) =>
          environments[0].verdict.reason.code === 'live' &&
          history.every(({ commit }) => commit),
      );
    }
    // Nothing is left to be found out about the two, so nothing but a change is news.
    await until(
      async () =>
        (
          await knex('attributions')
            .whereIn('name', ['orders', 'billing'])
            .whereNotNull('applied_commit')
        ).length === 2,
      'what is applied is attributed',
    );
    topic = portal.topics.get('fairway-flux.deployments')!;
  });

  afterEach(() => stops.splice(0).forEach(stop => stop()));

  afterAll(async () => {
    await portal?.stop();
    await world?.stop();
  });

  /** Opens a document as a page does, and counts what it hears. */
  async function open(service: string) {
    const heard = { count: 0 };
    stops.push(
      topic.subscribe(keyOf(service), () => {
        heard.count += 1;
      }),
    );
    const snapshot = () => topic.snapshot(keyOf(service), caller);
    await snapshot();
    return { heard, snapshot };
  }

  const ownPods = (service: string) =>
    world
      .cluster(DEV)
      .store.list('v1', 'Pod')
      .filter(({ metadata }) => metadata.name.startsWith(`${service}-`));

  it('tell of the own pods, and not of those of a neighbour', async () => {
    const orders = await open('orders');
    const billing = await open('billing');
    const [{ metadata }] = ownPods('orders');
    world.cluster(DEV).store.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'team-a',
      name: metadata.name,
    });
    await until(() => orders.heard.count > 0, 'orders hears of its pod');
    await until(
      () =>
        ownPods('orders').length === 2 &&
        ownPods('orders').every(({ status }) => status.phase === 'Running'),
      'another pod runs',
    );
    await portal.documentWhen(
      'orders',
      'it is live again',
      ({ environments }) => environments[0].targets[0].pods.ready === 2,
    );

    expect(billing.heard.count).toBe(0);
  });

  it('are the one of the route, and another one only when something differs', async () => {
    const { snapshot, heard } = await open('orders');
    const { etag, data } = await snapshot();
    const response = await portal.get('component/default/orders/deployments');
    expect([etag, (data as DeploymentsDocument).history]).toEqual([
      response.headers.etag,
      response.body.history,
    ]);

    const sha = await world.release('orders', 'dev', { version: '1.1.0' });
    await until(
      async () =>
        ((await snapshot()).data as DeploymentsDocument).history[0].commit
          ?.sha === sha,
      'the open page has the deployment and its commit',
    );
    expect(heard.count).toBeGreaterThan(0);
    expect((await snapshot()).etag).not.toBe(etag);
  });

  it('are made once for all who look', async () => {
    const { snapshot } = await open('billing');
    const list = jest.spyOn(portal.watch, 'list');
    await Promise.all(Array.from({ length: 20 }, snapshot));
    expect(list).not.toHaveBeenCalled();

    world.patch(DEV, 'Kustomization', 'billing', {
      metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': 'now' } },
    });
    await until(
      () =>
        world.get(DEV, 'Kustomization', 'billing')?.status
          .lastHandledReconcileAt === 'now',
      'the run is done',
    );
    // The document of one reader, made anew, is that of all others.
    await portal.documentWhen('billing', 'the portal has seen it', document =>
      document.environments[0].targets.every(
        ({ kustomization }) => kustomization,
      ),
    );
    const [first, ...others] = await Promise.all(
      Array.from({ length: 20 }, snapshot),
    );
    expect(others.every(({ data }) => data === first.data)).toBe(true);
    list.mockRestore();
  });

  it('tell when what it waits for moves', async () => {
    await portal.documentWhen(
      'waits',
      'it waits for a failing one',
      ({ environments }) =>
        environments[0].verdict.reason.code === 'waiting.on.failing',
    );
    const { heard } = await open('waits');
    world.patch(DEV, 'Kustomization', 'platform', { spec: { suspend: true } });
    await until(() => heard.count > 0, 'it hears of its blocker');
    const { environments } = await portal.documentWhen(
      'waits',
      'it says so',
      document =>
        document.environments[0].verdict.reason.code === 'waiting.on.suspended',
    );
    expect(environments[0].verdict.reason.params).toEqual({ name: 'platform' });
  });

  it('tell of the first deployment of a service whose page is open', async () => {
    const { heard, snapshot } = await open('later');
    const stateOf = async () =>
      ((await snapshot()).data as DeploymentsDocument).environments[0].verdict
        .state;
    expect(await stateOf()).toBe('empty');
    world.publish('later', '1.0.0');
    await world.addService('later', { dev: { version: '1.0.0' } });
    await until(
      async () => (await stateOf()) === 'ready',
      'it is live on the open page',
    );
    expect(heard.count).toBeGreaterThan(0);
  });

  it('are not for everybody', async () => {
    const refused = { name: 'NotFoundError' };
    await expect(
      topic.authorize(keyOf('hidden'), caller),
    ).rejects.toMatchObject(refused);
    await expect(topic.snapshot(keyOf('hidden'), caller)).rejects.toMatchObject(
      refused,
    );
    await expect(topic.snapshot('nonsense', caller)).rejects.toMatchObject(
      refused,
    );
  });
});
