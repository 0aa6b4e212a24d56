// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Server } from 'node:http';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  checkRoutes,
  type Caller,
} from '@fairway/plugin-delivery-node/testing';
import type { Knex } from 'knex';
import {
  component,
  startPortal,
  USER,
  type TestPortal,
} from './__testUtils__/startPortal';
import { TestWorld } from './__testUtils__/TestWorld';
import { DatabaseDeploymentStore } from './store/DatabaseDeploymentStore';

const ORDERS = 'component/default/orders/deployments';

describe('routes', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let world: TestWorld;
  let portal: TestPortal;
  let knex: Knex;

  beforeAll(async () => {
    world = await TestWorld.start();
    knex = await databases.init('SQLITE_3');
    portal = await startPortal(world, {
      entities: [component('orders'), component('hidden')],
      hidden: ['component:default/hidden'],
      knex,
    });
    const store = await DatabaseDeploymentStore.create({
      getClient: async () => knex,
      migrations: { skip: true },
    });
    for (let index = 0; index < 250; index++) {
      await store.add({
        id: index.toString(16).padStart(32, '0'),
        cluster: index % 2 ? 'aks-dev-weu' : 'aks-prod-weu',
        namespace: 'team-a',
        workloadKind: 'Deployment',
        workload: 'orders',
        component: 'orders',
        templateKey: `t${index}`,
        templateRevision: String(index),
        images: [{ container: 'app', image: `acr/orders:1.0.${index}` }],
        // Two at each instant: the order has to be total.
        startedAt: new Date(
          Date.parse('2026-01-01T00:00:00Z') + Math.floor(index / 2) * 60_000,
        ).toISOString(),
        change: 'image',
        missedBefore: 0,
      });
    }
  });

  afterAll(async () => {
    await portal?.stop();
    await world?.stop();
  });

  it('are all guarded, and the same whether an entity is hidden or not there', async () => {
    const header = mockCredentials.user.header;
    const callers: Record<Caller, string> = {
      anonymous: mockCredentials.none.header(),
      otherTeam: header('user:default/dev-b'),
      member: header(USER),
      lead: header('user:default/lead-a'),
      platform: header('user:default/platform-a'),
      service: mockCredentials.service.header(),
    };
    const base = '/api/fairway-flux/v1/entities';
    const route = `GET ${base}/:kind/:namespace/:name/deployments`;
    const hidden = {
      anonymous: 401,
      otherTeam: 404,
      member: 404,
      lead: 404,
      platform: 404,
      service: 403,
    };
    const seen = {
      ...hidden,
      otherTeam: 200,
      member: 200,
      lead: 200,
      platform: 200,
    };
    const table = [
      { name: 'orders', status: seen },
      { name: 'hidden', status: hidden },
      { name: 'nobody', status: hidden },
    ].flatMap(({ name, status }) =>
      ['', '/history'].map(end => ({
        route: `${route}${end}`,
        path: `${base}/component/default/${name}/deployments${end}`,
        status,
      })),
    );
    expect(
      await checkRoutes({
        // The test server is the HTTP server under a name more.
        server: portal.server as unknown as Server,
        prefix: '/api/fairway-flux/',
        callers,
        table,
      }),
    ).toEqual({ notInTable: [], notInBackend: [], wrong: [] });
    const bodies = await Promise.all(
      ['hidden', 'nobody'].map(async name => {
        const { text } = await portal.get(
          `component/default/${name}/deployments`,
        );
        return text.replaceAll(name, '-');
      }),
    );
    expect(bodies[0]).toBe(bodies[1]);
  });

  it.each([
    ['1component/default/orders/deployments', 'path kind: must be the kind'],
    [`${'k'.repeat(64)}/default/orders/deployments`, 'path kind: Too big'],
    ['component/def%20ault/orders/deployments', 'path namespace: must be'],
    ['component/default/..%2f..%2fetc/deployments', 'path name: must be'],
    ['component/default/__proto__/deployments', 'path name: must be'],
    ['component/default/or%00ders/deployments', 'path name: must be'],
    [`${ORDERS}?limit=3`, 'query limit: is not known here'],
    [`${ORDERS}?a[b]=1&c=2`, 'query a, c: is not known here'],
    [
      `${ORDERS}/history?limit=0`,
      'query limit: must be a whole number from 1 to 100',
    ],
    [
      `${ORDERS}/history?limit=101`,
      'query limit: must be a whole number from 1 to 100',
    ],
    [`${ORDERS}/history?limit=1e9`, 'query limit: must be a whole number'],
    [`${ORDERS}/history?limit=-1`, 'query limit: must be a whole number'],
    [`${ORDERS}/history?limit=5&limit=6`, 'query limit: must be given once'],
    [`${ORDERS}/history?limit[]=5`, 'query limit: must be given once'],
    [`${ORDERS}/history?limit[toString]=5`, 'query limit: must be given once'],
    [
      `${ORDERS}/history?cursor=x`,
      'query cursor: must be what an answer gave as next',
    ],
    [
      `${ORDERS}/history?cursor=${Buffer.from(
        '["2026-01-01T00:00:00.000Z","x\' OR 1=1 --"]',
      ).toString('base64url')}`,
      'query cursor: must be what an answer gave as next',
    ],
    [`${ORDERS}/history?cursor=${'A'.repeat(5000)}`, 'query cursor: must be'],
    [
      `${ORDERS}/history?environment=Prod!`,
      'query environment: must be the name',
    ],
    [
      `${ORDERS}/history?environment=constructor`,
      'query environment: is no environment of this entity, use one of dev, prod',
    ],
    [`${ORDERS}/history?page=2`, 'query page: is not known here'],
  ])('refuse %s and name the field', async (path, message) => {
    const { status, body } = await portal.get(path);
    expect([status, body.error?.name]).toEqual([400, 'InputError']);
    expect(body.error.message).toContain(message);
  });

  it('give the history in parts, each once and in order', async () => {
    const versions: string[] = [];
    const sizes: number[] = [];
    let query = '?limit=100';
    for (;;) {
      const { deployments, next } = await portal.history('orders', query);
      versions.push(...deployments.map(({ version }) => version));
      sizes.push(deployments.length);
      if (!next) {
        break;
      }
      query = `?limit=100&cursor=${next}`;
    }
    expect(sizes).toEqual([100, 100, 50]);
    expect(versions).toEqual(
      Array.from({ length: 125 }, (_, pair) => [
        `1.0.${248 - 2 * pair}`,
        `1.0.${249 - 2 * pair}`,
      ]).flat(),
    );

    const document = await portal.document('orders');
    expect(document.history.map(({ version }) => version)).toEqual(
      versions.slice(0, 20),
    );
    const { deployments } = await portal.history(
      'orders',
      `?limit=1&cursor=${document.next}`,
    );
    expect(deployments.map(({ version }) => version)).toEqual([versions[20]]);
  });

  it('give the history of one environment', async () => {
    const { deployments } = await portal.history(
      'orders',
      '?environment=prod&limit=3',
    );
    expect(
      deployments.map(
        ({ environment, version }) => `${environment} ${version}`,
      ),
    ).toEqual(['prod 1.0.248', 'prod 1.0.246', 'prod 1.0.244']);
  });

  it('tell nothing of what failed inside but a number that is in the log', async () => {
    await knex.schema.renameTable('deployments', 'gone');
    try {
      const { status, body } = await portal.get(`${ORDERS}/history`);
      expect(status).toBe(500);
      expect(body.error).toEqual({
        name: 'Error',
        message: expect.stringMatching(
          /^Something went wrong in the portal\. Its log has the cause under [0-9a-f-]{36}\.$/,
        ),
      });
    } finally {
      await knex.schema.renameTable('gone', 'deployments');
    }
    expect((await portal.get(`${ORDERS}/history`)).status).toBe(200);
  });
});
