// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ResponseError } from '@backstage/errors';
import { SandboxClient } from './SandboxClient';

function clientWith(respond: () => Response) {
  const calls: unknown[] = [];
  const client = SandboxClient.create({
    fetchApi: {
      fetch: async (input, init) => {
        const { method, body, headers } = init ?? {};
        calls.push([
          method,
          input,
          ...(body ? [JSON.parse(String(body)), headers] : []),
        ]);
        return respond();
      },
    },
  });
  return { client, calls };
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('SandboxClient', () => {
  it('asks the backend plugin', async () => {
    const { client, calls } = clientWith(() => Response.json([]));
    await client.getState();
    await client.listPullRequests();
    await client.startStory('a/b');
    await client.completePullRequest(7);
    await client.setFault('cluster/aks-dev-weu', 'down');
    await client.clearFaults('cluster/aks-dev-weu');
    await client.clearFaults();
    await client.setSpeed(30);
    const base = 'plugin://fairway-sandbox/v1';
    expect(calls).toEqual([
      ['GET', `${base}/state`],
      ['GET', `${base}/pull-requests`],
      ['POST', `${base}/stories/a%2Fb/start`],
      ['POST', `${base}/pull-requests/7/complete`],
      [
        'PUT',
        `${base}/faults`,
        { system: 'cluster/aks-dev-weu', kind: 'down' },
        JSON_TYPE,
      ],
      ['DELETE', `${base}/faults?system=cluster%2Faks-dev-weu`],
      ['DELETE', `${base}/faults`],
      ['PUT', `${base}/speed`, { factor: 30 }, JSON_TYPE],
    ]);
  });

  it('rejects with what the server says', async () => {
    const { client } = clientWith(() =>
      Response.json(
        {
          error: { name: 'ConflictError', message: 'It has conflicts.' },
          response: { statusCode: 409 },
        },
        { status: 409 },
      ),
    );
    const error = await client.completePullRequest(7).catch(e => e);
    expect(ResponseError.is(error) && error.cause.message).toBe(
      'It has conflicts.',
    );
  });
});
