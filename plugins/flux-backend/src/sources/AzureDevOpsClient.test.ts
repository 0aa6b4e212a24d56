// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { DefaultAzureDevOpsClient } from './AzureDevOpsClient';
import { HostHealth } from './HostHealth';

type Answer = (response: ServerResponse) => void;

const json =
  (
    status: number,
    body: unknown,
    headers: Record<string, string> = {},
  ): Answer =>
  response => {
    response.writeHead(status, {
      'content-type': 'application/json',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const page =
  (status: number, headers: Record<string, string> = {}): Answer =>
  response => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end('<html>Sign in</html>');
  };
const silence: Answer = () => {};
const reset: Answer = response => response.socket?.destroy();

describe('DefaultAzureDevOpsClient', () => {
  let server: Server;
  let answers: Answer[];
  let asked: number;
  let waits: number[];
  let now: number;
  let health: HostHealth;
  let client: DefaultAzureDevOpsClient;

  beforeEach(async () => {
    asked = 0;
    waits = [];
    now = 1_000_000;
    server = createServer((_, response) => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      answer(response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const baseUrl = `http://127.0.0.1:${
      (server.address() as AddressInfo).port
    }/org`;
    health = new HostHealth({
      name: baseUrl,
      logger: mockServices.logger.mock(),
      now: () => now,
    });
    client = DefaultAzureDevOpsClient.create({
      baseUrl,
      credentials: {
        getCredentials: async () => ({
          type: 'pat',
          token: 'secret-token',
          headers: {},
        }),
      },
      health,
      timeoutMs: 300,
      wait: async ms => {
        waits.push(ms);
      },
    });
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const get = () => client.get('x/_apis/git', { a: 1 });

  it('reads JSON, and nothing where there is nothing', async () => {
    answers = [json(200, { value: [] }), json(404, { message: 'no' })];
    expect([await get(), await get()]).toEqual([{ value: [] }, undefined]);
    expect(health.status()).toBeUndefined();
  });

  it.each<[string, Answer, string, number]>([
    ['a refused token', json(401, {}), 'unauthorized', 1],
    ['the sign-in page with 203', page(203), 'unauthorized', 1],
    ['the sign-in page with 200', page(200), 'unauthorized', 1],
    [
      'a redirect to it',
      page(302, { location: 'https://login.example.com' }),
      'unauthorized',
      1,
    ],
    ['no permission', json(403, {}), 'forbidden', 1],
    ['a bad question', json(400, {}), 'unexpected', 1],
    ['a server in trouble', json(500, {}), 'unreachable', 3],
    ['a proxy in trouble', page(502), 'unreachable', 3],
    ['a reset connection', reset, 'unreachable', 3],
    ['no answer', silence, 'unreachable', 3],
    ['JSON that ends too early', json(200, '{"value": ['), 'unreachable', 3],
    [
      'too many questions',
      json(429, {}, { 'retry-after': '2' }),
      'rate-limited',
      3,
    ],
    ['a long rest', json(429, {}, { 'retry-after': '60' }), 'rate-limited', 1],
  ])(
    'tells %s, tries again where that may help',
    async (_, answer, kind, tries) => {
      answers = [answer];
      await expect(get()).rejects.toMatchObject({ name: 'SourceError', kind });
      expect(asked).toBe(tries);
      await expect(get()).rejects.not.toThrow(/secret-token/);
    },
  );

  it('gets through when the second try does', async () => {
    answers = [json(503, {}, { 'retry-after': '3' }), json(200, { ok: true })];
    expect(await get()).toEqual({ ok: true });
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(3_000);
    expect(waits[0]).toBeLessThanOrEqual(3_750);
  });

  it('leaves a host alone for longer each time, and asks again after that', async () => {
    answers = [json(401, {})];
    const rests: number[] = [];
    for (let round = 0; round < 8; round++) {
      await expect(get()).rejects.toMatchObject({ kind: 'unauthorized' });
      const { length } = rests;
      const error = await get().catch((e: { retryAfterSeconds: number }) => e);
      rests.push((error as { retryAfterSeconds: number }).retryAfterSeconds);
      expect(asked).toBe(length + 1);
      now += rests[length] * 1000;
    }
    expect(rests).toEqual([5, 10, 20, 40, 80, 120, 120, 120]);

    answers = [json(200, {})];
    await get();
    expect(health.status()).toBeUndefined();
  });

  it('says since when it has not been heard', async () => {
    answers = [json(200, {}), json(401, {})];
    await get();
    await get().catch(() => undefined);
    expect(health.status()).toEqual({
      state: 'unauthorized',
      asOf: new Date(1_000_000).toISOString(),
      reason: { code: 'commits.unauthorized', params: {} },
      next: { code: 'commits.renew-token', params: {} },
    });
  });
});
