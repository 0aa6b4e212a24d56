// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Router } from 'express';
import { checkRoutes, type RouteRow } from './checkRoutes';

const things = createBackendPlugin({
  pluginId: 'things',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        const inner = Router({ mergeParams: true });
        inner.get('/parts/:part', (request, response) => {
          response.status(200).json(request.params);
        });
        inner.post('/parts', (_, response) => {
          response.status(201).end();
        });
        const router = Router();
        router.get('/v1/stream', (_, response) => {
          response.writeHead(200).flushHeaders();
        });
        router.use('/v1/things/:kind.x/:name', inner);
        httpRouter.use(router);
      },
    });
  },
});

const callers = {
  anonymous: mockCredentials.none.header(),
  otherTeam: mockCredentials.user.header('user:default/dev-b'),
  member: mockCredentials.user.header('user:default/dev-a'),
  lead: mockCredentials.user.header('user:default/lead-a'),
  platform: mockCredentials.user.header('user:default/platform-a'),
  service: mockCredentials.service.header(),
};

const all = (signedIn: number) => ({
  anonymous: 401,
  otherTeam: signedIn,
  member: signedIn,
  lead: signedIn,
  platform: signedIn,
  service: signedIn,
});

const TABLE: RouteRow[] = [
  { route: 'GET /api/things/v1/stream', status: all(200) },
  {
    route: 'GET /api/things/v1/things/:kind.x/:name/parts/:part',
    path: '/api/things/v1/things/a.x/b/parts/c?q=1',
    status: all(200),
  },
  {
    route: 'POST /api/things/v1/things/:kind.x/:name/parts',
    path: '/api/things/v1/things/a.x/b/parts',
    body: { part: 1 },
    status: all(201),
  },
];

describe('checkRoutes', () => {
  it('finds nothing when table and plugin agree', async () => {
    const { server } = await startTestBackend({ features: [things] });
    expect(
      await checkRoutes({
        server,
        prefix: '/api/things/',
        callers,
        table: TABLE,
      }),
    ).toEqual({ notInTable: [], notInBackend: [], wrong: [] });
  });

  it('finds a route without a row, a row without a route, and a wrong status', async () => {
    const { server } = await startTestBackend({ features: [things] });
    expect(
      await checkRoutes({
        server,
        prefix: '/api/things/',
        callers,
        table: [
          { ...TABLE[0], status: { ...all(200), otherTeam: 404 } },
          TABLE[1],
          {
            route: 'DELETE /api/things/v1/things/:kind.x/:name',
            status: all(204),
          },
        ],
      }),
    ).toEqual({
      notInTable: ['POST /api/things/v1/things/:kind.x/:name/parts'],
      notInBackend: ['DELETE /api/things/v1/things/:kind.x/:name'],
      wrong: ['GET /api/things/v1/stream as otherTeam: 200 instead of 404'],
    });
  });

  it('refuses to prove anything about a plugin that is not there', async () => {
    const { server } = await startTestBackend({ features: [things] });
    await expect(
      checkRoutes({ server, prefix: '/api/other', callers, table: [] }),
    ).rejects.toThrow('no routes were found under /api/other');
  });
});
