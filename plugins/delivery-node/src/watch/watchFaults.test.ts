// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ServerResponse } from 'node:http';
import {
  FakeCluster,
  namespace,
  openWatch,
  sendJson,
  sendList,
  until,
} from './__testUtils__/FakeCluster';

// As long as the longest wait for a condition.
jest.setTimeout(30_000);

describe('a cluster in trouble', () => {
  let dev: FakeCluster;

  beforeEach(async () => {
    dev = await FakeCluster.start();
  });
  afterEach(() => dev.stop());

  /** Answers as long as nothing is wrong; `fault` takes over when it is set. */
  function serve() {
    const now: {
      fault?: (response: ServerResponse, url: URL) => void;
      watch?: ServerResponse;
    } = {};
    dev.handle = (_, response, url) => {
      if (now.fault) {
        now.fault(response, url);
      } else if (url.searchParams.has('watch')) {
        now.watch = openWatch(response);
      } else {
        sendList(response, [namespace('a', '1')]);
      }
    };
    return now;
  }

  it('is stale with its age when connections break, and current again by itself', async () => {
    const now = serve();
    dev.watch();
    await until(() => now.watch !== undefined);
    await until(async () => (await dev.state()) === 'current');
    now.fault = response => response.destroy();
    dev.cut();
    await until(async () => (await dev.state()) === 'stale');
    const { asOf, reason } = await dev.cache.status('dev', 'Namespace');
    expect(reason).toEqual({
      code: 'source.unreachable',
      params: {
        cluster: 'dev',
        kind: 'Namespace',
        message: expect.any(String),
      },
    });
    expect(Date.parse(asOf!)).toBeLessThanOrEqual(Date.now());
    expect(await dev.names()).toBe('a');
    now.fault = undefined;
    await until(async () => (await dev.state()) === 'current');
    expect(dev.count('LIST')).toBe(1);
  });

  it('is unreachable when it never answered: an accepted connection is no answer', async () => {
    dev.handle = () => {};
    dev.watch(['Namespace'], { listTimeoutMs: 300 });
    await until(async () => (await dev.state()) === 'unreachable');
    expect(await dev.cache.status('dev', 'Namespace')).toEqual({
      state: 'unreachable',
      reason: {
        code: 'source.unreachable',
        params: {
          cluster: 'dev',
          kind: 'Namespace',
          message: 'no answer in 300 ms',
        },
      },
      next: {
        code: 'source.retry',
        params: { cluster: 'dev', kind: 'Namespace' },
      },
    });
  });

  it.each<[string, (port: number) => string, RegExp]>([
    ['nobody listens', () => 'http://127.0.0.1:1', /ECONNREFUSED/],
    ['no TLS is spoken', port => `https://127.0.0.1:${port}`, /SSL|TLS/],
  ])(
    'is unreachable where %s, with the words of the network',
    async (_title, url, message) => {
      dev.url = url;
      dev.watch();
      await until(async () => (await dev.state()) === 'unreachable');
      const { reason } = await dev.cache.status('dev', 'Namespace');
      expect(reason?.params.message).toMatch(message);
    },
  );

  it('gives up a list whose bytes dribble for ever', async () => {
    let dribble: NodeJS.Timeout | undefined;
    dev.handle = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      clearInterval(dribble);
      dribble = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(dribble));
    };
    dev.watch(['Namespace'], { listTimeoutMs: 300 });
    await until(async () => (await dev.state()) === 'unreachable');
    expect((await dev.counters()).errors.connection).toBeGreaterThan(0);
    clearInterval(dribble);
  });

  it('is asked anew when a watch says nothing, not even a bookmark', async () => {
    const now = serve();
    dev.watch(['Namespace'], { inactivityMs: 400 });
    await until(() => dev.count('WATCH') === 1 && now.watch !== undefined);
    // Half a word is no word: it must not keep the watch alive as if it were one.
    now.watch!.write('{"type":"BOOK');
    await until(() => dev.count('LIST') === 2);
    expect((await dev.counters()).errors.connection).toBe(1);
    await until(async () => (await dev.state()) === 'current');
  });

  it.each([429, 503])(
    'is left alone for as long as it asks for with %i, keeps its place and its objects',
    async status => {
      const now = serve();
      dev.watch();
      await until(() => now.watch !== undefined);
      now.fault = response =>
        sendJson(response.setHeader('retry-after', '1'), status, {
          message: 'busy',
        });
      now.watch!.end();
      await until(async () => (await dev.state()) === 'stale');
      const failedAt = Date.now();
      const asked = dev.requests.length;
      now.fault = undefined;
      expect(await dev.names()).toBe('a');
      await until(() => dev.requests.length > asked);
      expect(Date.now() - failedAt).toBeGreaterThan(800);
      await until(async () => (await dev.state()) === 'current');
      expect(await dev.counters()).toMatchObject({
        lists: 1,
        errors: { [status]: 1 },
      });
    },
  );

  it('survives one error after the other: no answer ends the loop', async () => {
    const now = serve();
    const left = [500, 429, 502, 503, 504, 418, 500];
    now.fault = response => {
      const status = left.shift();
      if (status) {
        sendJson(response, status, { message: `failed with ${status}` });
      } else {
        now.fault = undefined;
        sendList(response, [namespace('a', '1')]);
      }
    };
    dev.watch();
    await until(async () => (await dev.names()) === 'a');
    expect((await dev.counters()).errors).toEqual({
      418: 1,
      429: 1,
      500: 2,
      502: 1,
      503: 1,
      504: 1,
    });
  });

  it('gets one new token after a 401, then is refused without a loop, and recovers', async () => {
    let accepted = 'Bearer second';
    dev.handle = (request, response, url) => {
      if (request.headers.authorization !== accepted) {
        sendJson(response, 401, { message: 'Unauthorized' });
      } else if (url.searchParams.has('watch')) {
        openWatch(response);
      } else {
        sendList(response, [namespace('a', '1')]);
      }
    };
    dev.watch();
    await until(async () => (await dev.state()) === 'current');
    expect(dev.tokens.slice(0, 2)).toEqual(['Bearer first', 'Bearer second']);
    expect([dev.renewals, dev.count('LIST')]).toEqual([1, 2]);
    accepted = 'Bearer nobody';
    dev.cut();
    await until(async () => (await dev.state()) === 'unauthorized');
    expect(await dev.cache.status('dev', 'Namespace')).toMatchObject({
      reason: {
        code: 'source.unauthorized',
        params: { message: 'Unauthorized' },
      },
      next: { code: 'source.renew-credentials' },
    });
    dev.freshToken = 'third';
    accepted = 'Bearer third';
    await until(async () => (await dev.state()) === 'current');
  });

  it('is not asked every second when its clock and ours differ about the end of a token', async () => {
    dev.tokenEndsAt = new Date(Date.now() - 600_000);
    const now = serve();
    dev.watch();
    await until(() => now.watch !== undefined);
    const bookmarks = setInterval(
      () =>
        now.watch!.write(
          '{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"10"}}}\n',
        ),
      100,
    );
    // Longer than the second after which such a watch was once renewed.
    await until(async () => (await dev.counters()).bookmarks > 12);
    clearInterval(bookmarks);
    expect((await dev.counters()).watches).toBe(1);
  });

  it('shows nothing of a kind that may no longer be read; other kinds are not touched', async () => {
    let allowed = true;
    dev.handle = (_, response, url) => {
      if (!allowed && url.pathname.endsWith('/namespaces')) {
        return sendJson(response, 403, {
          message: 'namespaces is forbidden: cannot list',
        });
      }
      return url.searchParams.has('watch')
        ? openWatch(response)
        : sendList(response, [namespace('a', '1')]);
    };
    dev.watch(['Namespace', 'Pod']);
    await until(async () => (await dev.state()) === 'current');
    await until(async () => (await dev.state('Pod')) === 'current');
    allowed = false;
    dev.cut();
    await until(async () => (await dev.state()) === 'forbidden');
    expect(await dev.names()).toBe('');
    expect((await dev.cache.status('dev')).state).toBe('forbidden');
    await until(async () => (await dev.state('Pod')) === 'current');
    expect(await dev.cache.list('Pod')).toHaveLength(1);
    allowed = true;
    await until(async () => (await dev.names()) === 'a');
  });

  it('finds a kind that is installed later, in the best version that both know', async () => {
    let served: string[] = [];
    const paths: string[] = [];
    dev.handle = (_, response, url) => {
      paths.push(url.pathname);
      if (url.pathname === '/apis/kustomize.toolkit.fluxcd.io') {
        return served.length > 0
          ? sendJson(response, 200, {
              versions: served.map(version => ({ version })),
            })
          : response.writeHead(404).end('404 page not found');
      }
      return url.searchParams.has('watch')
        ? openWatch(response)
        : sendList(response, []);
    };
    dev.watch(['Kustomization', 'Namespace']);
    await until(
      async () => (await dev.state('Kustomization')) === 'not-installed',
    );
    await until(
      async () => (await dev.cache.status('dev')).state === 'current',
    );
    // A version that is too new for us is no version for us.
    served = ['v9', 'v1beta2'];
    await until(async () => (await dev.state('Kustomization')) === 'current');
    expect(paths).toContain(
      '/apis/kustomize.toolkit.fluxcd.io/v1beta2/kustomizations',
    );
  });

  it('disturbs no other cluster, and answers readers at once', async () => {
    const other = await FakeCluster.start();
    dev.handle = () => {};
    other.handle = (_, response, url) =>
      url.searchParams.has('watch')
        ? openWatch(response)
        : sendList(response, [namespace('a', '1')]);
    dev.watch();
    other.watch();
    await until(async () => (await other.state()) === 'current');
    expect(await dev.cache.list('Namespace')).toEqual([]);
    expect((await dev.cache.status('dev')).state).not.toBe('current');
    await other.stop();
  });
});
