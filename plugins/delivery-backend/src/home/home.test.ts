// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AddressInfo } from 'node:net';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { HomeEnvironment, Tone } from '@fairway/plugin-delivery-common';
import {
  type Summaries,
  type Summarizer,
  summariesServiceRef,
} from '@fairway/plugin-delivery-node';
import request from 'supertest';
import deliveryPlugin from '../index';
import { readStream } from '../stream/__testUtils__/readStream';

const CALLER = mockCredentials.user('user:default/dev-a');
const READ = createPermission({
  name: 'test.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});

function component(name: string, owner: string, title?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', title },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

function cell(name: string, tone: Tone, code: string): HomeEnvironment {
  return {
    name,
    title: name.toUpperCase(),
    state: code,
    tone,
    version: '1.0.0',
    reason: { code, params: {} },
  };
}

async function start(entities: Entity[]) {
  const summarized: string[][] = [];
  const cells: Record<string, HomeEnvironment[]> = {
    'component:default/orders': [
      cell('prod', 'negative', 'failing'),
      cell('dev', 'positive', 'ready'),
    ],
    'component:default/billing': [
      cell('dev', 'warning', 'late'),
      cell('unknown-to-configuration', 'negative', 'failing'),
    ],
    'component:default/secret': [cell('dev', 'negative', 'failing')],
  };
  const summarizer: Summarizer = {
    id: 'test',
    permission: READ,
    async summarize(allowed) {
      const refs = allowed.map(stringifyEntityRef);
      summarized.push(refs);
      return new Map(refs.map(ref => [ref, cells[ref] ?? []]));
    },
  };
  const summaries: Summaries = {
    register: () => undefined,
    all: () => [summarizer],
  };
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      catalogServiceMock.factory({ entities }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: CALLER.principal.userEntityRef,
          ownershipEntityRefs: ['user:default/dev-a', 'group:default/team-a'],
        }),
      }).factory,
      mockServices.permissions.mock({
        authorize: async (questions: Array<{ resourceRef?: string }>) =>
          questions.map(({ resourceRef }) => ({
            result: resourceRef?.endsWith('/secret')
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          fairway: {
            environments: [
              { name: 'prod', title: 'Production', order: 2, targets: [] },
              { name: 'dev', title: 'Development', order: 1, targets: [] },
            ],
          },
        },
      }),
      createServiceFactory({
        service: summariesServiceRef,
        deps: {},
        factory: () => summaries,
      }),
    ],
  });
  const get = (etag = '') =>
    request(backend.server)
      .get('/api/fairway-delivery/v1/home')
      .set(
        'authorization',
        mockCredentials.user.header(CALLER.principal.userEntityRef),
      )
      .set('if-none-match', etag);
  return { backend, get, summarized };
}

describe('GET /v1/home', () => {
  it('shows what the caller owns and may see, worst first in what needs them', async () => {
    const { backend, get, summarized } = await start([
      component('billing', 'group:default/team-a'),
      component('foreign', 'group:default/team-b'),
      component('orders', 'group:default/team-a', 'Orders'),
      component('secret', 'user:default/dev-a'),
    ]);
    const response = await get();
    expect(response.status).toBe(200);
    expect(response.headers['cache-control']).toBe('private, no-cache');
    expect(response.body).toEqual({
      environments: [
        { name: 'dev', title: 'Development' },
        { name: 'prod', title: 'Production' },
      ],
      services: [
        {
          entityRef: 'component:default/billing',
          title: 'billing',
          owner: 'group:default/team-a',
          environments: [cell('dev', 'warning', 'late')],
        },
        {
          entityRef: 'component:default/orders',
          title: 'Orders',
          owner: 'group:default/team-a',
          environments: [
            cell('dev', 'positive', 'ready'),
            cell('prod', 'negative', 'failing'),
          ],
        },
        {
          entityRef: 'component:default/secret',
          title: 'secret',
          owner: 'user:default/dev-a',
          environments: [],
        },
      ],
      needsYou: [
        {
          entityRef: 'component:default/orders',
          title: 'Orders',
          environment: 'PROD',
          tone: 'negative',
          reason: { code: 'failing', params: {} },
        },
        {
          entityRef: 'component:default/billing',
          title: 'billing',
          environment: 'DEV',
          tone: 'warning',
          reason: { code: 'late', params: {} },
        },
      ],
      total: 3,
      truncated: false,
    });
    expect(summarized).toEqual([
      ['component:default/billing', 'component:default/orders'],
    ]);
    expect((await get(response.headers.etag)).status).toBe(304);

    const { port } = backend.server.address() as AddressInfo;
    const stream = readStream(
      port,
      'topic=fairway-delivery.home:me',
      mockCredentials.user.header(CALLER.principal.userEntityRef),
    );
    expect(await stream.next()).toBe(': open');
    expect(await stream.next()).toEqual({
      event: 'snapshot',
      topic: 'fairway-delivery.home:me',
      etag: response.headers.etag,
      data: response.body,
    });
    await backend.stop();
  });

  it('says that it shows only 200 of more', async () => {
    const { backend, get } = await start(
      Array.from({ length: 201 }, (_, index) =>
        component(`service-${index}`, 'group:default/team-a'),
      ),
    );
    const { body } = await get();
    expect([body.services.length, body.total, body.truncated]).toEqual([
      200,
      201,
      true,
    ]);
    await backend.stop();
  });

  it('refuses those who are not signed in', async () => {
    const { backend } = await start([]);
    const response = await request(backend.server)
      .get('/api/fairway-delivery/v1/home')
      .set('authorization', mockCredentials.none.header());
    expect(response.status).toBe(401);
    await backend.stop();
  });
});
