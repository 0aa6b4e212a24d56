// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { AzureDevOps } from './AzureDevOps';
import type { AzureDevOpsClient } from './AzureDevOpsClient';
import { ensure } from './ensure';

type Answer = (response: ServerResponse) => void;

const SECRET = 'very-secret-token';

const ok: Answer = response => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"id":1}');
};
const status =
  (
    code: number,
    headers: Record<string, string> = {},
    message = 'TF1',
  ): Answer =>
  response => {
    response.writeHead(code, headers);
    response.end(JSON.stringify({ message }));
  };
const page =
  (code: number): Answer =>
  response => {
    response.writeHead(code, { 'content-type': 'text/html' });
    response.end('<html>Sign in</html>');
  };
const reset: Answer = response => response.socket?.destroy();
const silence: Answer = () => {};

describe('AzureDevOpsClient', () => {
  let server: Server;
  let answers: Answer[];
  let calls: Array<{ call: string; authorization?: string }>;
  let warnings: string[];
  let client: AzureDevOpsClient;

  beforeEach(async () => {
    answers = [];
    calls = [];
    warnings = [];
    server = createServer((request, response) => {
      calls.push({
        call: `${request.method} ${request.url}`,
        authorization: request.headers.authorization,
      });
      (answers.shift() ?? ok)(response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    client = clientOf(`localhost:${port}`, `http://localhost:${port}/contoso`);
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  function clientOf(
    host: string,
    organizationUrl: string,
    signal?: AbortSignal,
  ) {
    const config = new ConfigReader({
      integrations: {
        azure: [{ host, credentials: [{ personalAccessToken: SECRET }] }],
      },
    });
    return AzureDevOps.fromConfig(config, {
      patienceMs: 3000,
      timeoutMs: 150,
      pauseMs: 10,
    }).client(
      { logger: { warn: message => warnings.push(message) }, signal },
      organizationUrl,
    );
  }

  it("sends the credential of the organisation's host and the version", async () => {
    expect(
      await client.send({
        path: 'team-a/_apis/x',
        query: { a: 'b c', no: undefined },
      }),
    ).toEqual({ id: 1 });
    expect(calls).toEqual([
      {
        call: 'GET /contoso/team-a/_apis/x?api-version=7.1&a=b+c',
        authorization: `Basic ${Buffer.from(`:${SECRET}`).toString('base64')}`,
      },
    ]);
  });

  it.each<[string, Answer]>([
    ['203 and a sign-in page', page(203)],
    ['302 to a sign-in page', page(302)],
    ['200 and a page', page(200)],
  ])('takes %s for a credential that ran out', async (_what, answer) => {
    answers = [answer];
    await expect(client.send({ path: '_apis/x' })).rejects.toMatchObject({
      status: 401,
      message: expect.stringMatching(/Renew it under integrations.azure/),
    });
    expect(calls).toHaveLength(1);
  });

  it.each([
    [401, /Renew it under integrations.azure.*It says: TF1/],
    [403, /Give it the right in the project's security settings.*It says: TF1/],
    [404, /Check that project and repository exist.*It says: TF1/],
    [409, /answered 409: POST _apis\/x. It says: TF1/],
  ])('names the remedy of %i and does not repeat', async (code, words) => {
    answers = [status(code)];
    await expect(
      client.send({ method: 'POST', path: '_apis/x', body: {} }),
    ).rejects.toMatchObject({
      status: code,
      message: expect.stringMatching(words),
    });
    expect(calls).toHaveLength(1);
  });

  it('finds nothing where the answer is 404', async () => {
    answers = [status(404)];
    expect(await client.find({ path: '_apis/x' })).toBeUndefined();
  });

  it.each(['GET', 'POST'] as const)(
    'repeats %s after 503 and 429, says so, and never tells the secret',
    async method => {
      answers = [status(503), status(429, { 'retry-after': '0' }), ok];
      expect(await client.send({ method, path: '_apis/x' })).toEqual({ id: 1 });
      expect(calls).toHaveLength(3);
      expect(warnings).toEqual([
        expect.stringMatching(/answered 503: .*Trying again in \d\.\d s\.$/),
        expect.stringMatching(/answered 429: .*Trying again in \d\.\d s\.$/),
      ]);
      expect(warnings.join()).not.toContain(SECRET);
      expect(warnings.join()).not.toContain(
        Buffer.from(`:${SECRET}`).toString('base64'),
      );
    },
  );

  it('waits as long as Retry-After says', async () => {
    answers = [status(503, { 'retry-after': '1' }), ok];
    const began = Date.now();
    await client.send({ path: '_apis/x' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
  });

  it.each<[string, Answer]>([
    ['a reset', reset],
    ['no answer', silence],
    ['500', status(500)],
    ['504', status(504)],
  ])(
    'repeats a read after %s, but not a change: it may have happened',
    async (_what, answer) => {
      answers = [answer, ok];
      expect(await client.send({ path: '_apis/x' })).toEqual({ id: 1 });
      answers = [answer];
      await expect(
        client.send({ method: 'POST', path: '_apis/x' }),
      ).rejects.toMatchObject({ isUncertain: true });
      expect(calls).toHaveLength(3);
    },
  );

  it('gives up when the patience ends', async () => {
    answers = Array.from({ length: 1000 }, () => status(503));
    await expect(client.send({ path: '_apis/x' })).rejects.toThrow(
      'answered 503',
    );
    expect(calls.length).toBeGreaterThan(10);
  });

  it('ends with the task', async () => {
    const { port } = server.address() as AddressInfo;
    const controller = new AbortController();
    const cancelled = clientOf(
      `localhost:${port}`,
      `http://localhost:${port}/contoso`,
      controller.signal,
    );
    answers = [status(503, { 'retry-after': '20' })];
    const sent = cancelled.send({ path: '_apis/x' });
    controller.abort(new Error('cancelled'));
    await expect(sent).rejects.toThrow();
    expect(calls.length).toBeLessThanOrEqual(1);
  });

  it('says where a credential belongs when there is none', async () => {
    const { port } = server.address() as AddressInfo;
    await expect(
      clientOf(
        'elsewhere.example.com',
        `http://localhost:${port}/contoso`,
      ).send({
        path: '_apis/x',
      }),
    ).rejects.toThrow(
      `Add one under integrations.azure for host localhost:${port}`,
    );
    expect(calls).toEqual([]);
  });

  it('looks before it creates again, when it does not know', async () => {
    // Created, but the answer was lost.
    answers = [status(404), reset, ok];
    const made = await ensure({
      find: () => client.find({ path: '_apis/x' }),
      create: () => client.send({ method: 'POST', path: '_apis/x' }),
      pauseMs: 1,
    });
    expect(made).toEqual({ value: { id: 1 }, created: false });
    expect(calls.map(({ call }) => call.split(' ')[0])).toEqual([
      'GET',
      'POST',
      'GET',
    ]);
  });

  it('does not try for ever against somebody who is always faster', async () => {
    answers = Array.from({ length: 100 }, (_, index) =>
      status(index % 2 === 0 ? 404 : 409),
    );
    await expect(
      ensure({
        find: () => client.find({ path: '_apis/x' }),
        create: () => client.send({ method: 'POST', path: '_apis/x' }),
        attempts: 3,
        pauseMs: 1,
      }),
    ).rejects.toMatchObject({ status: 409 });
    expect(calls).toHaveLength(6);
  });
});
