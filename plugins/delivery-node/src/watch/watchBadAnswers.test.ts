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

describe('what is no good answer', () => {
  let dev: FakeCluster;
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);

  beforeEach(async () => {
    process.on('unhandledRejection', note);
    dev = await FakeCluster.start();
  });
  afterEach(async () => {
    await dev.stop();
    process.off('unhandledRejection', note);
    if (unhandled.length > 0) {
      throw new Error(`unhandled rejections: ${unhandled.join('; ')}`);
    }
  });

  it('in a watch is counted, reported once and skipped; all else is kept', async () => {
    let watch: ServerResponse | undefined;
    dev.handle = (_, response, url) => {
      if (url.searchParams.has('watch')) {
        watch = openWatch(response);
      } else {
        sendList(response, [namespace('a', '1')]);
      }
    };
    dev.watch();
    await until(() => watch !== undefined);
    const added = (name: string) =>
      JSON.stringify({ type: 'ADDED', object: namespace(name, name) });
    watch!.write(
      [
        `\uFEFF${added('b')}${added('c')}`,
        '<html>sign in</html>',
        '{"type":"ADDED","object":{}}',
        '{"type":"ADDED","object":null}',
        '{"type":"ADDED"}',
        '{"object":{"metadata":{"name":"x","uid":"x"}}}',
        '{"type":"RENAMED","object":{"metadata":{"name":"x","uid":"x"}}}',
        'null',
        '[]',
        '{"type":"ADDED","object":{"metadata":{"name":"tru',
        '',
        `${added('d')} ${added('e')}\r`,
        added('f'),
      ].join('\n'),
    );
    watch!.write('\n');
    await until(async () => (await dev.names()) === 'a,b,c,d,e,f');
    expect(await dev.counters()).toMatchObject({ malformed: 9, lists: 1 });
    expect(dev.logger.warn.mock.calls).toEqual([
      ['dev: namespaces: skipped what is no object: <html>sign in</html>'],
    ]);
    // A character that is cut in two by the network.
    const [head, tail] = [Buffer.from(added('g')), Buffer.from('\n')];
    watch!.write(head.subarray(0, 7));
    watch!.write(Buffer.concat([head.subarray(7), tail]));
    await until(async () => (await dev.names()) === 'a,b,c,d,e,f,g');
  });

  const [withoutVersion, withoutItems] = [
    { items: [], metadata: {} },
    { metadata: { resourceVersion: '10' } },
  ];
  it.each<[string, (response: ServerResponse) => void]>([
    [
      'HTML with status 200',
      response =>
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<html>sign in</html>'),
    ],
    [
      'JSON that is cut off',
      response =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"items":[{"metadata":{"name":"a"'),
    ],
    [
      'a body that is shorter than it says',
      response => {
        response.writeHead(200, { 'content-length': '5000' });
        response.write('{"items":[');
        response.socket!.destroySoon();
      },
    ],
    [
      'gzip that is none',
      response =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}'),
    ],
    ['null', response => sendJson(response, 200, null)],
    [
      'a list without a version',
      response => sendJson(response, 200, withoutVersion),
    ],
    ['a list without items', response => sendJson(response, 200, withoutItems)],
    [
      'pages that go round',
      response => sendList(response, [namespace('x', '1')], { next: 'same' }),
    ],
  ])('for a list, %s, empties nothing', async (_title, answer) => {
    let lists = 0;
    dev.handle = (_, response, url) => {
      if (url.searchParams.has('watch')) {
        return lists > 1 ? openWatch(response) : response.writeHead(410).end();
      }
      lists++;
      return lists === 1
        ? sendList(response, [namespace('a', '1')])
        : answer(response);
    };
    dev.watch();
    await until(async () => (await dev.state()) === 'stale');
    expect(await dev.names()).toBe('a');
  });

  it('for a watch, HTML with status 200, is an error and no watch', async () => {
    dev.handle = (_, response, url) =>
      url.searchParams.has('watch')
        ? response
            .writeHead(200, { 'content-type': 'text/html' })
            .end('<html>sign in</html>')
        : sendList(response, [namespace('a', '1')]);
    dev.watch();
    await until(async () => (await dev.state()) === 'stale');
    expect(
      (await dev.cache.status('dev', 'Namespace')).reason?.params.message,
    ).toBe('not JSON but text/html');
    expect(dev.count('LIST')).toBe(1);
  });

  it('may be null for no items, and for parts of an object', async () => {
    let watch: ServerResponse | undefined;
    dev.handle = (_, response, url) => {
      if (url.searchParams.has('watch')) {
        watch = openWatch(response);
      } else {
        sendList(response, null);
      }
    };
    dev.watch();
    await until(() => watch !== undefined);
    await until(async () => (await dev.state()) === 'current');
    expect(await dev.names()).toBe('');
    const odd = {
      metadata: {
        name: 'odd',
        uid: 'odd',
        labels: null,
        annotations: 'none',
        creationTimestamp: 7,
      },
      status: 'Active',
    };
    watch!.write(`${JSON.stringify({ type: 'ADDED', object: odd })}\n`);
    await until(async () => (await dev.names()) === 'odd');
  });

  it('is not an object of 1.5 MB, nor pages of which each is too large', async () => {
    const bulk = 'x'.repeat(1_500_000);
    const large = (name: string) => ({
      ...namespace(name, '1'),
      spec: { bulk },
    });
    const all = ['a', 'b', 'c', 'd', 'e'].map(large);
    let watch: ServerResponse | undefined;
    const limits: number[] = [];
    dev.handle = (_, response, url) => {
      if (url.searchParams.has('watch')) {
        watch = openWatch(response);
        return;
      }
      const limit = Number(url.searchParams.get('limit'));
      const from = Number(url.searchParams.get('continue') ?? 0);
      limits.push(limit);
      const end = from + limit;
      sendList(response, all.slice(from, end), {
        next: end < all.length ? String(end) : undefined,
      });
    };
    dev.watch(['Namespace'], {
      pageSize: 8,
      largestPageBytes: 4_000_000,
      listTimeoutMs: 15_000,
    });
    await until(() => watch !== undefined);
    expect(await dev.names()).toBe('a,b,c,d,e');
    expect(limits).toEqual([8, 2, 2, 2]);
    watch!.write(
      `${JSON.stringify({ type: 'MODIFIED', object: large('f') })}\n`,
    );
    await until(async () => (await dev.names()) === 'a,b,c,d,e,f');
  });
});
