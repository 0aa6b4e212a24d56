// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  checkRoutes,
  type Caller,
  type RouteRow,
} from '@fairway/plugin-delivery-node/testing';
import { startTenants } from './__testUtils__/startTenants';
import { dependencies } from '../package.json';

/** Every backend plugin of ours that this backend has: a new one is here by itself. */
const PLUGINS: BackendFeature[] = Object.keys(dependencies)
  .filter(name => /^@fairway\/plugin-.*-backend$/.test(name))
  .map(name => jest.requireActual(name).default);

const CALLERS: Record<Caller, string> = {
  anonymous: mockCredentials.none.header(),
  otherTeam: mockCredentials.user.header('user:default/dev-b'),
  member: mockCredentials.user.header('user:default/dev-a'),
  lead: mockCredentials.user.header('user:default/lead-a'),
  platform: mockCredentials.user.header('user:default/platform-a'),
  service: mockCredentials.service.header(),
};

/** Data of an entity: unknown and forbidden are the same 404. */
const OWNED = {
  anonymous: 401,
  otherTeam: 404,
  member: 200,
  lead: 200,
  platform: 200,
  service: 403,
};

/** Documents whose content depends on who asks, and the controls of the sandbox. */
const ANY_USER = (status: number) => ({
  anonymous: 401,
  otherTeam: status,
  member: status,
  lead: status,
  platform: status,
  service: 403,
});

const DELIVERY = '/api/fairway-delivery';
const FLUX = '/api/fairway-flux';
const SANDBOX = '/api/fairway-sandbox';
const ORDERS = `${FLUX}/v1/entities/component/default/orders`;

const TABLE: RouteRow[] = [
  {
    route: `GET ${DELIVERY}/v1/stream`,
    // A topic that the caller may not see is "gone" inside the stream: whoSeesWhat.test.ts.
    path: `${DELIVERY}/v1/stream?topic=fairway-flux.deployments:component:default/orders`,
    status: ANY_USER(200),
  },
  { route: `GET ${DELIVERY}/v1/home`, status: ANY_USER(200) },
  {
    route: `GET ${FLUX}/v1/entities/:kind/:namespace/:name/deployments`,
    path: `${ORDERS}/deployments`,
    status: OWNED,
  },
  {
    route: `GET ${FLUX}/v1/entities/:kind/:namespace/:name/deployments/history`,
    path: `${ORDERS}/deployments/history`,
    status: OWNED,
  },
  { route: `GET ${SANDBOX}/v1/state`, status: ANY_USER(200) },
  {
    route: `PUT ${SANDBOX}/v1/faults`,
    body: { system: 'devops', kind: 'down' },
    status: ANY_USER(204),
  },
  { route: `DELETE ${SANDBOX}/v1/faults`, status: ANY_USER(204) },
  {
    route: `PUT ${SANDBOX}/v1/speed`,
    body: { factor: 1 },
    status: ANY_USER(204),
  },
  {
    route: `POST ${SANDBOX}/v1/stories/:id/start`,
    path: `${SANDBOX}/v1/stories/template-to-pods/start`,
    status: ANY_USER(204),
  },
  { route: `GET ${SANDBOX}/v1/pull-requests`, status: ANY_USER(200) },
  {
    route: `POST ${SANDBOX}/v1/pull-requests/:id/complete`,
    path: `${SANDBOX}/v1/pull-requests/7/complete`,
    status: ANY_USER(204),
  },
];

/** A control API that has nothing and does whatever it is told. */
async function startControl(): Promise<Server> {
  const state = {
    systems: [],
    faultKinds: [],
    speed: 1,
    startedAt: '2026-11-24T08:00:00.000Z',
    stories: [],
  };
  const control = createServer(({ url }, response) => {
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify(url === '/pull-requests' ? [] : state));
  });
  await new Promise<void>(resolve => {
    control.listen(0, '127.0.0.1', resolve);
  });
  return control;
}

describe('the routes of all backend plugins', () => {
  it('are each in the table, with what every caller gets', async () => {
    const control = await startControl();
    const { port } = control.address() as AddressInfo;
    const { backend } = await startTenants({
      features: PLUGINS,
      config: {
        fairway: { sandbox: { controlUrl: `http://127.0.0.1:${port}` } },
      },
    });
    const findings = await checkRoutes({
      server: backend.server,
      prefix: '/api/fairway-',
      callers: CALLERS,
      table: TABLE,
    });
    await backend.stop();
    control.closeAllConnections();
    control.close();
    expect(findings).toEqual({ notInTable: [], notInBackend: [], wrong: [] });
  }, 60_000);
});
