// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import type { Cluster } from '../clusters/types';
import { DefaultWatchCache } from './DefaultWatchCache';
import type { WatchTuning } from './WatchTuning';

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => void;

const FAST: Partial<WatchTuning> = {
  minBackoffMs: 20,
  maxBackoffMs: 80,
  connectTimeoutMs: 300,
  listTimeoutMs: 300,
  inactivityMs: 400,
  rediscoverMs: 60,
  forbiddenRecheckMs: 60,
  pageSize: 2,
};

function namespace(name: string, version: string, owner?: string) {
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      resourceVersion: version,
      creationTimestamp: '2026-11-01T00:00:00Z',
      ...(owner ? { annotations: { 'fairway.dev/owner': owner } } : {}),
    },
    status: { phase: 'Active' },
  };
}

async function until(
  condition: () => Promise<boolean> | boolean,
): Promise<void> {
  const end = Date.now() + 4000;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error('the condition did not come true in 4 s');
    }
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}

describe('DefaultWatchCache', () => {
  let server: Server;
  let handle: Handler;
  let cache: DefaultWatchCache;
  const requests: string[] = [];
  const tokens: string[] = [];
  let token = 'first';

  beforeEach(async () => {
    requests.length = 0;
    tokens.length = 0;
    token = 'first';
    server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://cluster');
      requests.push(
        url.searchParams.has('watch')
          ? 'WATCH'
          : `LIST ${url.searchParams.get('continue') ?? ''}`.trim(),
      );
      tokens.push(String(request.headers.authorization));
      handle(request, response, url);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(async () => {
    cache.close();
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  function start(kinds: Array<'Namespace' | 'Kustomization'> = ['Namespace']) {
    const { port } = server.address() as AddressInfo;
    const cluster: Cluster = {
      name: 'dev',
      title: 'dev',
      url: `http://127.0.0.1:${port}`,
      aliases: [],
      credentials: {
        getToken: async options => {
          if (options?.fresh) {
            token = 'second';
          }
          return { token };
        },
      },
    };
    cache = DefaultWatchCache.create({
      registry: {
        list: () => [cluster],
        get: () => cluster,
        subscribe: () => () => {},
      },
      logger: mockServices.logger.mock(),
      tuning: FAST,
      kinds,
    });
  }

  const names = async () =>
    (await cache.list('Namespace')).map(({ name }) => name).sort();
  const state = async () => (await cache.status('dev', 'Namespace')).state;
  const json = (response: ServerResponse, status: number, body: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  const list = (
    response: ServerResponse,
    items: unknown,
    version = '10',
    next?: string,
  ) =>
    json(response, 200, {
      items,
      metadata: {
        resourceVersion: version,
        ...(next ? { continue: next } : {}),
      },
    });

  it('lists in pages, then follows the watch, and keeps what Fairway reads', async () => {
    let watch: ServerResponse | undefined;
    handle = (_, response, url) => {
      if (url.searchParams.has('watch')) {
        watch = response.writeHead(200);
        response.flushHeaders();
      } else if (url.searchParams.get('continue') === 'more') {
        list(response, [namespace('c', '9')]);
      } else {
        list(
          response,
          [namespace('a', '7', 'group:default/team-a'), namespace('b', '8')],
          '10',
          'more',
        );
      }
    };
    start();
    await until(
      async () => watch !== undefined && (await state()) === 'current',
    );
    expect(requests).toEqual(['LIST', 'LIST more', 'WATCH']);
    expect(
      await cache.get('Namespace', {
        cluster: 'dev',
        namespace: '',
        name: 'a',
      }),
    ).toEqual({
      cluster: 'dev',
      namespace: '',
      name: 'a',
      uid: 'uid-a',
      createdAt: '2026-11-01T00:00:00Z',
      labels: {},
      kind: 'Namespace',
      owner: 'group:default/team-a',
      phase: 'Active',
    });
    const events = [
      { type: 'ADDED', object: namespace('d', '11') },
      { type: 'DELETED', object: namespace('b', '12') },
    ];
    // Two objects on one line, a broken line and an event without metadata: only the last two are lost.
    watch!.write(
      `\uFEFF${JSON.stringify(events[0])}${JSON.stringify(events[1])}\n`,
    );
    watch!.write('<html>sign in</html>\n{"type":"ADDED","object":{}}\n');
    await until(async () => (await names()).join() === 'a,c,d');
    await until(async () => (await cache.counters()).dev.malformed === 2);
    expect((await cache.counters()).dev).toMatchObject({
      lists: 1,
      pages: 2,
      watches: 1,
      events: 3,
      malformed: 2,
    });
  });

  it.each([
    ['as an HTTP status', 410, undefined],
    [
      'as an event',
      200,
      {
        type: 'ERROR',
        object: { code: 410, message: 'too old resource version' },
      },
    ],
  ])(
    'answers 410 %s with exactly one list, and misses no deletion',
    async (_, status, event) => {
      let lists = 0;
      let watches = 0;
      handle = (_request, response, url) => {
        if (!url.searchParams.has('watch')) {
          lists++;
          list(
            response,
            lists === 1
              ? [namespace('a', '1'), namespace('b', '2')]
              : [namespace('b', '2')],
            String(lists * 10),
          );
        } else if (watches++ === 0) {
          response.writeHead(status);
          response.end(
            event ? `${JSON.stringify(event)}\n` : '{"message":"gone"}',
          );
        } else {
          response.writeHead(200);
          response.flushHeaders();
        }
      };
      start();
      await until(async () => watches === 2 && (await names()).join() === 'b');
      expect(requests).toEqual(['LIST', 'WATCH', 'LIST', 'WATCH']);
      expect((await cache.counters()).dev.relists).toBe(1);
    },
  );

  it('does not hammer a server that closes every watch at once, and lists no more', async () => {
    handle = (_, response, url) =>
      url.searchParams.has('watch')
        ? response.writeHead(200).end()
        : list(response, [namespace('a', '1')]);
    const began = Date.now();
    start();
    await until(() => requests.filter(r => r === 'WATCH').length >= 5);
    // 20 ms at first, then backing off: five watches cannot be had in less than 4 waits of 20 ms.
    expect(Date.now() - began).toBeGreaterThanOrEqual(80);
    expect(requests.filter(r => r === 'LIST')).toHaveLength(1);
  });

  it('honours Retry-After, keeps the old objects as stale and comes back', async () => {
    let broken = false;
    let open: ServerResponse | undefined;
    handle = (_, response, url) => {
      if (broken) {
        json(response.setHeader('retry-after', '1'), 503, { message: 'busy' });
      } else if (url.searchParams.has('watch')) {
        open = response.writeHead(200);
        response.flushHeaders();
      } else {
        list(response, [namespace('a', '1')]);
      }
    };
    start();
    await until(
      async () => open !== undefined && (await state()) === 'current',
    );
    broken = true;
    open!.end();
    await until(async () => (await state()) === 'stale');
    const { asOf } = await cache.status('dev', 'Namespace');
    expect(Date.parse(asOf!)).toBeLessThanOrEqual(Date.now());
    expect(await names()).toEqual(['a']);
    const failedAt = Date.now();
    broken = false;
    await until(async () => (await state()) === 'current');
    expect(Date.now() - failedAt).toBeGreaterThan(800);
    expect((await cache.counters()).dev).toMatchObject({
      lists: 1,
      errors: { 503: 1 },
    });
  });

  it('asks once for a new token after a 401, then says that it has none', async () => {
    let accepted = 'Bearer second';
    handle = (request, response, url) => {
      if (request.headers.authorization !== accepted) {
        json(response, 401, { message: 'Unauthorized' });
      } else if (url.searchParams.has('watch')) {
        response.writeHead(200);
        response.flushHeaders();
      } else {
        list(response, [namespace('a', '1')]);
      }
    };
    start();
    await until(async () => (await state()) === 'current');
    expect(tokens.slice(0, 2)).toEqual(['Bearer first', 'Bearer second']);
    accepted = 'Bearer nobody';
    server.closeAllConnections();
    await until(async () => (await state()) === 'unauthorized');
  });

  it('shows nothing of a kind that it may no longer read, and finds a kind that is installed later', async () => {
    let allowed = true;
    let installed = false;
    handle = (_, response, url) => {
      if (url.pathname === '/apis/kustomize.toolkit.fluxcd.io') {
        return installed
          ? json(response, 200, { versions: [{ version: 'v1' }] })
          : response.writeHead(404).end('404 page not found');
      }
      if (!allowed && url.pathname.endsWith('/namespaces')) {
        return json(response, 403, { message: 'forbidden' });
      }
      if (url.searchParams.has('watch')) {
        response.writeHead(200);
        return response.flushHeaders();
      }
      return list(response, [namespace('a', '1')]);
    };
    start(['Namespace', 'Kustomization']);
    await until(async () => (await state()) === 'current');
    await until(
      async () =>
        (await cache.status('dev', 'Kustomization')).state === 'not-installed',
    );
    expect((await cache.status('dev')).state).toBe('current');
    allowed = false;
    server.closeAllConnections();
    await until(async () => (await state()) === 'forbidden');
    expect(await names()).toEqual([]);
    installed = true;
    allowed = true;
    await until(
      async () =>
        (await cache.status('dev', 'Kustomization')).state === 'current',
    );
    await until(async () => (await names()).join() === 'a');
  });

  it('gives up on a server that accepts and says nothing, and names it unreachable', async () => {
    handle = () => {};
    start();
    await until(
      async () =>
        (await cache.status('dev', 'Namespace')).reason?.code ===
        'source.unreachable',
    );
    expect(await cache.status('dev', 'Namespace')).toMatchObject({
      state: 'unreachable',
      reason: { params: { cluster: 'dev', kind: 'Namespace' } },
    });
  });
});
