// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { IMAGE } from './__testUtils__/manifests';
import {
  component,
  startPortal,
  type TestPortal,
} from './__testUtils__/startPortal';
import { digestOf, TestWorld } from './__testUtils__/TestWorld';

/** Between two readings nothing may be news. */
const SELDOM = { interval: '10h' };

describe('GET /v1/entities/:kind/:namespace/:name/deployments', () => {
  let world: TestWorld;
  let portal: TestPortal;
  let added: string;

  beforeAll(async () => {
    world = await TestWorld.start();
    world.publish('orders', '1.4.2');
    world.publish('billing', '2.0.0');
    await world.addService('billing', { dev: { version: '2.0.1' } });
    // The last one, so that its commit is the revision of all.
    const v142 = { version: '1.4.2' };
    added = await world.addService('orders', { dev: v142, prod: v142 }, SELDOM);
    portal = await startPortal(world, {
      entities: [
        component('orders'),
        component('billing', { 'fairway.dev/environments': 'dev' }),
      ],
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await world?.stop();
  });

  /** The document of orders when all is live, attributed, and at the newest revision. */
  const isLive = () =>
    portal.documentWhen(
      'orders',
      'all is live and attributed',
      ({ environments, history }) =>
        environments.every(
          ({ verdict, targets }) =>
            verdict.reason.code === 'live' &&
            targets.every(({ kustomization }) =>
              added.startsWith(kustomization?.appliedRevision ?? 'none'),
            ),
        ) &&
        history.length === 3 &&
        history.every(({ commit }) => commit),
    );

  it('says what runs where, since when and whose commit it is', async () => {
    const document = await isLive();
    const commit = {
      sha: added,
      subject: 'Add orders',
      author: 'Dev A',
      date: expect.stringMatching(/^\d{4}-.*Z$/),
      url: `${world.gitopsUrl}/commit/${added}`,
    };
    const image = { container: 'orders', repository: IMAGE, tag: '1.4.2' };
    const running = { ...image, digest: digestOf('orders', '1.4.2') };
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const verdictIn = (cluster: string) => ({
      state: 'ready',
      tone: 'positive',
      reason: { code: 'live', params: { version: '1.4.2' } },
      evidence: [
        {
          source: `${cluster}: Kustomization team-a/orders`,
          reason: 'ReconciliationSucceeded',
          message: `Applied revision: main@sha1:${added}`,
          time: instant,
        },
      ],
    });
    const target = (cluster: string, environment: string) => ({
      cluster,
      namespace: 'team-a',
      source: { state: 'current', asOf: instant },
      verdict: verdictIn(cluster),
      kustomization: {
        name: 'orders',
        namespace: 'team-a',
        path: `./apps/team-a/orders/overlays/${environment}`,
        appliedRevision: added.slice(0, 8),
        attemptedRevision: added.slice(0, 8),
        intervalSeconds: 36_000,
        suspended: false,
        reconciledAt: instant,
        because: 'label',
      },
      deployed: { version: '1.4.2', image: running, since: instant, commit },
      workloads: [
        {
          kind: 'Deployment',
          name: 'orders',
          images: [running],
          pods: { desired: 2, ready: 2, updated: 2 },
        },
      ],
      pods: { desired: 2, ready: 2 },
    });
    expect(document).toEqual({
      entityRef: 'component:default/orders',
      environments: [
        {
          name: 'dev',
          title: 'DEV',
          order: 0,
          verdict: verdictIn('aks-dev-weu'),
          targets: [target('aks-dev-weu', 'dev')],
        },
        {
          name: 'prod',
          title: 'PROD',
          order: 1,
          verdict: verdictIn('aks-prod-neu'),
          targets: [
            target('aks-prod-weu', 'prod'),
            target('aks-prod-neu', 'prod'),
          ],
        },
      ],
      history: expect.arrayContaining(
        [
          ['aks-dev-weu', 'dev'],
          ['aks-prod-weu', 'prod'],
          ['aks-prod-neu', 'prod'],
        ].map(([cluster, environment]) => ({
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          environment,
          cluster,
          workload: 'orders',
          version: '1.4.2',
          image,
          startedAt: instant,
          change: 'image',
          commit,
        })),
      ),
    });
  });

  it('is one cell for each environment in roll-ups', async () => {
    await isLive();
    await portal.documentWhen(
      'billing',
      'its image is missing',
      ({ environments }) =>
        environments[0].verdict.reason.code === 'pods.pull-missing',
    );
    const [summarizer, ...others] = portal.summaries.all();
    const entities = ['orders', 'billing'].map(name =>
      component(name, { 'fairway.dev/environments': 'dev' }),
    );
    const cells = await summarizer.summarize(entities);

    expect(others).toEqual([]);
    expect([...cells]).toEqual([
      [
        'component:default/orders',
        [
          {
            name: 'dev',
            title: 'DEV',
            state: 'ready',
            tone: 'positive',
            version: '1.4.2',
            reason: { code: 'live', params: { version: '1.4.2' } },
          },
        ],
      ],
      [
        'component:default/billing',
        [
          {
            name: 'dev',
            title: 'DEV',
            state: 'failing',
            tone: 'negative',
            version: '2.0.1',
            reason: expect.objectContaining({ code: 'pods.pull-missing' }),
          },
        ],
      ],
    ]);
  });

  it('gives no data of a namespace that the platform gives to others', async () => {
    // The namespace of the environment is that of the owner: ask for another one.
    const portalB = await startPortal(world, {
      entities: [
        {
          ...component('orders', {
            'fairway.dev/environments': 'dev',
            'backstage.io/kubernetes-namespace': 'team-a',
          }),
          relations: [{ type: 'ownedBy', targetRef: 'group:default/team-b' }],
        },
      ],
    });
    try {
      const { environments, history } = await portalB.documentWhen(
        'orders',
        'the namespace was read',
        document => document.environments[0].verdict.state === 'not-bound',
      );
      const params = {
        cluster: 'aks-dev-weu',
        namespace: 'team-a',
        owner: 'group:default/team-b',
      };
      const verdict = {
        state: 'not-bound',
        tone: 'unknown',
        reason: { code: 'place.not-bound', params: {} },
        next: { code: 'next.bind', params: {} },
        evidence: [],
      };
      expect({ environments, history }).toEqual({
        environments: [
          {
            name: 'dev',
            title: 'DEV',
            order: 0,
            verdict,
            targets: [
              {
                cluster: 'aks-dev-weu',
                namespace: 'team-a',
                source: {
                  state: 'not-bound',
                  reason: { code: 'binding.other-owner', params },
                  next: { code: 'binding.ask-platform', params },
                },
                verdict,
                workloads: [],
                pods: { desired: 0, ready: 0 },
              },
            ],
          },
        ],
        history: [],
      });
      expect((await portalB.history('orders')).deployments).toEqual([]);
    } finally {
      await portalB.stop();
    }
  });

  it('answers 304 to who has it, by a weak tag, and lets nobody else keep it', async () => {
    await isLive();
    const path = 'component/default/orders/deployments';
    const first = await portal.get(path);
    const { etag } = first.headers;
    const second = await portal.get(path, { 'if-none-match': etag });

    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers['cache-control']).toBe('private, no-cache');
    expect([second.status, second.text, second.headers.etag]).toEqual([
      304,
      '',
      etag,
    ]);
  });

  it('asks no cluster and no host when a page is read', async () => {
    for (const service of ['orders', 'billing']) {
      await portal.documentWhen(service, 'it is attributed', ({ history }) =>
        history.every(({ commit }) => commit),
      );
    }
    const hosts: string[] = [];
    const intercept = world.faults.intercept.bind(world.faults);
    const spy = jest
      .spyOn(world.faults, 'intercept')
      .mockImplementation((system, request, ...rest) => {
        hosts.push(`${system} ${request.url}`);
        return intercept(system, request, ...rest);
      });
    try {
      for (let reading = 0; reading < 50; reading++) {
        await portal.document('orders');
        await portal.history('orders');
      }
      // What the watches do by themselves in the meantime is no answer to a reader.
      expect(hosts.filter(each => !/[?&]watch=/.test(each))).toEqual([]);
    } finally {
      spy.mockRestore();
    }
  });
});
