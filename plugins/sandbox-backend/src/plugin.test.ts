// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { sandboxPlugin } from './plugin';

const STATE = {
  systems: [
    {
      name: 'devops',
      title: 'Azure DevOps',
      fault: { kind: 'slow', delayMs: 10 },
      faultKinds: ['down', 'slow'],
    },
    { name: 'git', title: 'Git', faultKinds: ['down'] },
  ],
  speed: 30,
  startedAt: '2026-11-24T08:00:00.000Z',
  stories: [
    {
      id: 'quota',
      title: 'cart meets its quota',
      what: 'Load rises until the quota stops it.',
      where: [{ label: 'cart', href: '/catalog/default/component/cart' }],
      state: 'idle',
      canStart: true,
    },
  ],
};

type Answer = { status: number; body: unknown } | 'reset';

/** A control API that notes what it is asked. */
async function startControl(answers: Record<string, Answer>) {
  const calls: Array<{ call: string; body?: unknown }> = [];
  const server: Server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const call = `${incoming.method} ${incoming.url}`;
    const body = Buffer.concat(chunks).toString();
    calls.push({ call, ...(body && { body: JSON.parse(body) }) });
    const answer = answers[call] ?? { status: 200, body: {} };
    if (answer === 'reset') {
      incoming.socket.destroy();
      return;
    }
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}

describe('fairway-sandbox', () => {
  let stop: (() => Promise<unknown>) | undefined;

  afterEach(async () => {
    await stop?.();
    stop = undefined;
  });

  async function start(options: {
    answers?: Record<string, Answer>;
    decision?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  }) {
    const control = await startControl(options.answers ?? {});
    stop = control.stop;
    const auditor = mockServices.auditor.mock({
      createEvent: jest.fn(async () => ({
        success: jest.fn(async () => {}),
        fail: jest.fn(async () => {}),
      })),
    });
    const { server } = await startTestBackend({
      features: [
        sandboxPlugin,
        auditor.factory,
        mockServices.permissions.factory({
          result: options.decision ?? AuthorizeResult.ALLOW,
        }),
        mockServices.rootConfig.factory({
          data: { fairway: { sandbox: { controlUrl: `${control.url}/` } } },
        }),
      ],
    });
    return { server, control, auditor };
  }

  it('shows the state and the pull requests as the sandbox tells them', async () => {
    const pullRequests = [
      {
        id: 7,
        title: 'Add checkout',
        author: 'dev-a',
        createdAt: '2026-11-24T08:00:00.000Z',
        url: 'http://localhost:7110/x',
        sourceBranch: 'fairway/checkout',
        canComplete: true,
      },
    ];
    const { server } = await start({
      answers: {
        'GET /state': { status: 200, body: { ...STATE, internal: 'x' } },
        'GET /pull-requests': { status: 200, body: pullRequests },
      },
    });

    const state = await request(server).get('/api/fairway-sandbox/v1/state');
    expect(state.body).toEqual(STATE);
    expect(state.headers['cache-control']).toBe('private, no-store');
    const list = await request(server).get(
      '/api/fairway-sandbox/v1/pull-requests',
    );
    expect(list.body).toEqual(pullRequests);
  });

  it('passes changes on, each with an audit event', async () => {
    const { server, control, auditor } = await start({});
    const base = '/api/fairway-sandbox/v1';
    const fault = {
      system: 'cluster/aks-dev-weu',
      kind: 'slow',
      delayMs: 2000,
      until: '2026-11-24T09:00:00.000Z',
    };
    const statuses = [
      await request(server).put(`${base}/faults`).send(fault),
      await request(server).delete(`${base}/faults`),
      await request(server).delete(
        `${base}/faults?system=cluster%2Faks-dev-weu`,
      ),
      await request(server).put(`${base}/speed`).send({ factor: 30 }),
      await request(server).post(`${base}/stories/quota/start`),
      await request(server).post(`${base}/pull-requests/7/complete`),
    ].map(({ status }) => status);

    expect(statuses).toEqual([204, 204, 204, 204, 204, 204]);
    expect(control.calls).toEqual([
      { call: 'PUT /faults', body: fault },
      { call: 'DELETE /faults' },
      { call: 'DELETE /faults?system=cluster%2Faks-dev-weu' },
      { call: 'PUT /speed', body: { factor: 30 } },
      { call: 'POST /stories/quota/start' },
      { call: 'POST /pull-requests/7/complete' },
    ]);
    expect(
      auditor.createEvent.mock.calls.map(([{ eventId, meta }]) => [
        eventId,
        meta,
      ]),
    ).toEqual([
      ['sandbox-fault-set', fault],
      ['sandbox-fault-clear', {}],
      ['sandbox-fault-clear', { system: 'cluster/aks-dev-weu' }],
      ['sandbox-speed-set', { factor: 30 }],
      ['sandbox-story-start', { id: 'quota' }],
      ['sandbox-pull-request-complete', { id: 7 }],
    ]);
  });

  it('refuses bad input by field, before the sandbox hears of it', async () => {
    const { server, control } = await start({});
    const base = '/api/fairway-sandbox/v1';
    const answers = [
      await request(server).put(`${base}/faults`).send({ kind: 'down' }),
      await request(server)
        .put(`${base}/faults`)
        .send({ system: 'git', kind: 'slow', delayMs: -1 }),
      await request(server).put(`${base}/speed`).send({ factor: 'fast' }),
      await request(server).put(`${base}/speed`).send({ factor: 0 }),
      await request(server).delete(`${base}/faults?all=1`),
      await request(server).post(`${base}/stories/A%2FB/start`),
      await request(server).post(`${base}/pull-requests/x/complete`),
    ].map(({ status, body }) => [status, body.error.message]);

    expect(answers).toEqual([
      [400, expect.stringContaining('at system')],
      [400, expect.stringContaining('at delayMs')],
      [400, expect.stringContaining('at factor')],
      [400, expect.stringContaining('at factor')],
      [400, expect.stringContaining('"all"')],
      [400, expect.stringContaining('not the id of a story')],
      [400, expect.stringContaining('at id')],
    ]);
    expect(control.calls).toEqual([]);
  });

  it('says what the sandbox says, and when it says nothing', async () => {
    const message = 'There is no story "x".';
    const { server } = await start({
      answers: {
        'GET /state': 'reset',
        'GET /pull-requests': { status: 200, body: [{ id: 'seven' }] },
        'POST /stories/x/start': { status: 404, body: { error: { message } } },
        'POST /pull-requests/7/complete': {
          status: 409,
          body: { error: { message: 'It has conflicts.' } },
        },
        'PUT /speed': { status: 500, body: 'oops' },
      },
    });
    const base = '/api/fairway-sandbox/v1';
    const answers = [
      await request(server).get(`${base}/state`),
      await request(server).get(`${base}/pull-requests`),
      await request(server).post(`${base}/stories/x/start`),
      await request(server).post(`${base}/pull-requests/7/complete`),
      await request(server).put(`${base}/speed`).send({ factor: 2 }),
    ].map(({ status, body }) => [status, body.error.message]);

    expect(answers).toEqual([
      [503, expect.stringContaining('The sandbox does not answer')],
      [
        503,
        expect.stringContaining('in a form that this portal does not know'),
      ],
      [404, message],
      [409, 'It has conflicts.'],
      [503, 'The sandbox answered 500.'],
    ]);
  });

  it('is for users with the permission', async () => {
    const routes: Array<['get' | 'put' | 'post' | 'delete', string]> = [
      ['get', '/v1/state'],
      ['put', '/v1/faults'],
      ['delete', '/v1/faults'],
      ['put', '/v1/speed'],
      ['post', '/v1/stories/quota/start'],
      ['get', '/v1/pull-requests'],
      ['post', '/v1/pull-requests/7/complete'],
    ];
    const { server, control } = await start({ decision: AuthorizeResult.DENY });
    for (const [method, path] of routes) {
      const call = () => request(server)[method](`/api/fairway-sandbox${path}`);
      const anonymous = await call().set(
        'authorization',
        mockCredentials.none.header(),
      );
      const user = await call();
      const service = await call().set(
        'authorization',
        mockCredentials.service.header(),
      );
      expect([path, anonymous.status, user.status, service.status]).toEqual([
        path,
        401,
        403,
        403,
      ]);
    }
    expect(control.calls).toEqual([]);
  });

  it.each([undefined, 'ftp://x', 'localhost:7100'])(
    'does not start with the control address %s',
    async controlUrl => {
      await expect(
        startTestBackend({
          features: [
            sandboxPlugin,
            mockServices.rootConfig.factory({
              data: { fairway: { sandbox: { controlUrl } } },
            }),
          ],
        }),
      ).rejects.toThrow(/fairway\.sandbox\.controlUrl/);
    },
  );
});
