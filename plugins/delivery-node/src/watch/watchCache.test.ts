// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ServerResponse } from 'node:http';
import {
  FakeCluster,
  namespace,
  openWatch,
  sendList,
  until,
} from './__testUtils__/FakeCluster';
import type { WatchChange } from './types';

// As long as the longest wait for a condition.
jest.setTimeout(30_000);

describe('the watch loop', () => {
  let dev: FakeCluster;

  beforeEach(async () => {
    dev = await FakeCluster.start();
  });
  afterEach(() => dev.stop());

  it('lists in pages, then follows the watch, and keeps what Fairway reads', async () => {
    let watch: ServerResponse | undefined;
    dev.handle = (_, response, url) => {
      if (url.searchParams.has('watch')) {
        watch = openWatch(response);
      } else if (url.searchParams.get('continue') === 'more') {
        sendList(response, [namespace('c', '9')]);
      } else {
        sendList(
          response,
          [namespace('a', '7', 'group:default/team-a'), namespace('b', '8')],
          { next: 'more' },
        );
      }
    };
    dev.watch();
    await until(() => watch !== undefined);
    await until(async () => (await dev.state()) === 'current');
    expect(dev.requests).toEqual(['LIST', 'LIST more', 'WATCH']);
    expect(
      await dev.cache.get('Namespace', {
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
    const bookmark = {
      type: 'BOOKMARK',
      object: { metadata: { resourceVersion: '13' } },
    };
    for (const event of [
      { type: 'ADDED', object: namespace('d', '11') },
      { type: 'DELETED', object: namespace('b', '12') },
      bookmark,
    ]) {
      watch!.write(`${JSON.stringify(event)}\n`);
    }
    await until(async () => (await dev.counters()).bookmarks === 1);
    expect(await dev.names()).toBe('a,c,d');
    expect(await dev.counters()).toEqual({
      lists: 1,
      pages: 2,
      watches: 1,
      events: 2,
      bookmarks: 1,
      relists: 0,
      malformed: 0,
      errors: {},
    });
  });

  it.each([
    ['as an HTTP status', 410, '{"message":"gone"}'],
    [
      'as an event',
      200,
      '{"type":"ERROR","object":{"code":410,"message":"too old resource version"}}\n',
    ],
  ])(
    'answers 410 %s with exactly one list, misses no deletion and is never empty',
    async (_, status, body) => {
      const told: WatchChange[] = [];
      const seen: string[] = [];
      let lists = 0;
      let watches = 0;
      dev.handle = (_request, response, url) => {
        if (!url.searchParams.has('watch')) {
          lists++;
          sendList(
            response,
            lists === 1
              ? [namespace('a', '1'), namespace('b', '2')]
              : [namespace('b', '2')],
            { version: String(lists * 10) },
          );
        } else if (watches++ === 0) {
          response
            .writeHead(status, { 'content-type': 'application/json' })
            .end(body);
        } else {
          openWatch(response);
        }
      };
      dev.watch();
      dev.cache.subscribe({}, async changes => {
        told.push(...changes);
        seen.push(await dev.names());
      });
      await until(async () => watches === 2 && (await dev.names()) === 'b');
      expect(dev.requests).toEqual(['LIST', 'WATCH', 'LIST', 'WATCH']);
      expect((await dev.counters()).relists).toBe(1);
      expect(told.filter(({ type }) => type === 'reset')).toHaveLength(2);
      expect(seen).not.toContain('');
    },
  );

  it('tells nobody of a list that brings nothing new', async () => {
    let lists = 0;
    let watches = 0;
    const told: string[] = [];
    dev.handle = (_, response, url) => {
      if (!url.searchParams.has('watch')) {
        lists++;
        sendList(response, [namespace('a', '1')]);
      } else if (watches++ === 0) {
        response.writeHead(410).end();
      } else {
        openWatch(response);
      }
    };
    dev.watch();
    dev.cache.subscribe({}, changes =>
      told.push(...changes.map(({ type }) => type)),
    );
    await until(() => lists === 2 && watches === 2);
    await until(async () => (await dev.state()) === 'current');
    expect(told.filter(type => type === 'reset')).toEqual(['reset']);
  });

  it('goes on from its place when a watch is closed, again and again, and backs off', async () => {
    const places: Array<string | null> = [];
    dev.handle = (_, response, url) => {
      if (!url.searchParams.has('watch')) {
        return sendList(response, [namespace('a', '1')]);
      }
      places.push(url.searchParams.get('resourceVersion'));
      return response.writeHead(200).end();
    };
    const began = Date.now();
    dev.watch();
    await until(() => places.length >= 6);
    // The first follows after 20 ms, then 20, 40, 80, 80: less of them never fit.
    expect(Date.now() - began).toBeGreaterThanOrEqual(100);
    expect([...new Set(places)]).toEqual(['10']);
    expect(dev.count('LIST')).toBe(1);
  });

  it('believes uid and equality of versions only: doubles, replays and old names change nothing', async () => {
    let watch: ServerResponse | undefined;
    const told: string[] = [];
    dev.handle = (_, response, url) => {
      if (url.searchParams.has('watch')) {
        watch = openWatch(response);
      } else {
        sendList(response, [namespace('a', '5')]);
      }
    };
    dev.watch();
    await until(() => watch !== undefined);
    dev.cache.subscribe({}, changes =>
      told.push(...changes.map(({ type, name }) => `${type} ${name}`)),
    );
    const born = {
      ...namespace('a', '9'),
      metadata: { ...namespace('a', '9').metadata, uid: 'born-again' },
    };
    const events = [
      // The same again: nothing.
      { type: 'MODIFIED', object: namespace('a', '5') },
      // A version that looks older is as good as any other.
      { type: 'MODIFIED', object: namespace('a', '3') },
      { type: 'MODIFIED', object: namespace('a', '3') },
      // Deleted and made anew, told in the wrong order.
      { type: 'ADDED', object: born },
      { type: 'DELETED', object: namespace('a', '8') },
      { type: 'DELETED', object: namespace('never-was', '8') },
      { type: 'ADDED', object: namespace('z', '11') },
    ];
    watch!.write(events.map(event => `${JSON.stringify(event)}\n`).join(''));
    await until(async () => (await dev.names()) === 'a,z');
    await until(() => told.length === 3);
    expect(told).toEqual(['modified a', 'modified a', 'added z']);
    const [a] = await dev.cache.list('Namespace', { name: 'a' });
    expect(a.uid).toBe('born-again');
  });

  it('forgets a cluster that is taken out of the configuration, and watches one that comes', async () => {
    dev.handle = (_, response, url) =>
      url.searchParams.has('watch')
        ? openWatch(response)
        : sendList(response, [namespace('a', '1')]);
    dev.watch();
    await until(async () => (await dev.names()) === 'a');
    const told: WatchChange[] = [];
    dev.cache.subscribe({ cluster: 'dev' }, changes => told.push(...changes));
    dev.configure('prod');
    expect(await dev.cache.list('Namespace', { cluster: 'dev' })).toEqual([]);
    expect(await dev.cache.status('dev')).toEqual({
      state: 'disabled',
      reason: { code: 'source.unknown-cluster', params: { cluster: 'dev' } },
      next: { code: 'source.add-cluster', params: { cluster: 'dev' } },
    });
    await until(() => told.length > 0);
    expect(told).toEqual([{ type: 'reset', cluster: 'dev' }]);
    await until(
      async () =>
        (await dev.cache.list('Namespace', { cluster: 'prod' })).length === 1,
    );
  });

  it('keeps other listeners going when one fails', async () => {
    dev.handle = (_, response, url) =>
      url.searchParams.has('watch')
        ? openWatch(response)
        : sendList(response, [namespace('a', '1')]);
    dev.watch();
    let heard = 0;
    dev.cache.subscribe({}, () => {
      throw new Error('a listener that fails');
    });
    dev.cache.subscribe({}, () => heard++);
    await until(() => heard > 0);
    expect(dev.logger.error).toHaveBeenCalledWith(
      'A listener of changes failed',
      expect.objectContaining({ message: 'a listener that fails' }),
    );
  });
});
