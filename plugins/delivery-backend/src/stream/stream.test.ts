// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AddressInfo } from 'node:net';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  type LiveTopic,
  liveTopicsServiceRef,
  type LiveTopics,
} from '@fairway/plugin-delivery-node';
import request from 'supertest';
import deliveryPlugin from '../index';
import { readStream } from './__testUtils__/readStream';

/** A document per key that a test can change, forbid and break. */
class FakeTopic implements LiveTopic {
  readonly id = 'test.document';
  readonly documents = new Map<string, number>();
  readonly subscribers = new Map<string, Set<() => void>>();
  broken = false;

  async authorize(key: string): Promise<void> {
    if (!this.documents.has(key)) {
      throw new NotFoundError(`No document ${key}`);
    }
  }

  async snapshot(key: string) {
    if (this.broken) {
      throw new Error('connect ECONNREFUSED 10.1.2.3');
    }
    const value = this.documents.get(key);
    return { etag: `v${value}`, data: { value } };
  }

  subscribe(key: string, changed: () => void): () => void {
    const all = this.subscribers.get(key) ?? new Set();
    this.subscribers.set(key, all.add(changed));
    return () => all.delete(changed);
  }

  set(key: string, value: number): void {
    this.documents.set(key, value);
    this.subscribers.get(key)?.forEach(changed => changed());
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(go => setImmediate(go));
  }
}

async function start() {
  const registered = new Map<string, LiveTopic>();
  const topics: LiveTopics = {
    register: topic => void registered.set(topic.id, topic),
    get: id => registered.get(id),
  };
  const topic = new FakeTopic();
  topics.register(topic);
  const backend = await startTestBackend({
    features: [
      deliveryPlugin,
      catalogServiceMock.factory({ entities: [] }),
      createServiceFactory({
        service: liveTopicsServiceRef,
        deps: {},
        factory: () => topics,
      }),
    ],
  });
  const { port } = backend.server.address() as AddressInfo;
  return { backend, port, topic };
}

describe('GET /v1/stream', () => {
  let env: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    env = await start();
  });
  afterAll(() => env.backend.stop());
  beforeEach(() => {
    env.topic.documents.clear();
    env.topic.broken = false;
  });

  it('tells each topic, pushes what changes and forgets who leaves', async () => {
    const { port, topic } = env;
    topic.documents.set('a:b', 1);
    topic.documents.set('known', 7);
    const stream = readStream(
      port,
      'topic=test.document:a:b&topic=test.document:known&topic=test.document:hidden&topic=other.document:x&etag=old&etag=v7&etag=&etag=',
      mockCredentials.user.header(),
    );
    const response = await stream.opened;
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
    });
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(await stream.next()).toBe(': open');
    const events = [
      await stream.next(),
      await stream.next(),
      await stream.next(),
      await stream.next(),
    ];
    expect(events).toHaveLength(4);
    expect(events).toEqual(
      expect.arrayContaining([
        {
          event: 'snapshot',
          topic: 'test.document:a:b',
          etag: 'v1',
          data: { value: 1 },
        },
        { event: 'unchanged', topic: 'test.document:known', etag: 'v7' },
        { event: 'gone', topic: 'test.document:hidden' },
        { event: 'gone', topic: 'other.document:x' },
      ]),
    );

    // Changes of one moment make one snapshot.
    topic.set('a:b', 2);
    topic.set('a:b', 3);
    expect(await stream.next()).toEqual({
      event: 'snapshot',
      topic: 'test.document:a:b',
      etag: 'v3',
      data: { value: 3 },
    });

    topic.broken = true;
    topic.set('a:b', 4);
    expect(await stream.next()).toEqual({
      event: 'error',
      topic: 'test.document:a:b',
      message: 'This document could not be read. It is tried again by itself.',
    });
    topic.broken = false;
    topic.set('a:b', 3);
    expect(await stream.next()).toEqual({
      event: 'snapshot',
      topic: 'test.document:a:b',
      etag: 'v3',
      data: { value: 3 },
    });

    stream.leave();
    await until(() => topic.subscribers.get('a:b')!.size === 0);
    expect(topic.subscribers.get('known')!.size).toBe(0);
  });

  it('refuses those who are not signed in', async () => {
    const stream = readStream(
      env.port,
      'topic=test.document:a',
      mockCredentials.none.header(),
    );
    expect((await stream.opened).statusCode).toBe(401);
    stream.leave();
  });

  it.each([
    ['', /query topic/],
    ['topic=nothing', /query topic\.0: must be written <id>:<key>/],
    ['topic[a]=test.document:a', /query topic/],
    ['topic=a:b&etag=1&etag=2', /query etag: must be given once per topic/],
    [
      Array.from({ length: 21 }, (_, i) => `topic=a:${i}`).join('&'),
      /query topic/,
    ],
  ])('names what is wrong with ?%s', async (query, message) => {
    const response = await request(env.backend.server)
      .get(`/api/fairway-delivery/v1/stream?${query}`)
      .set('authorization', mockCredentials.user.header());
    expect(response.status).toBe(400);
    expect(response.body.error).toEqual({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
  });
});

describe('the end of a stream', () => {
  it('comes with the shutdown of the backend', async () => {
    const { backend, port, topic } = await start();
    topic.documents.set('a', 1);
    const stream = readStream(
      port,
      'topic=test.document:a',
      mockCredentials.user.header(),
    );
    expect(await stream.next()).toBe(': open');
    expect(await stream.next()).toMatchObject({ event: 'snapshot' });
    await backend.stop();
    expect(await stream.next()).toBeUndefined();
    expect(topic.subscribers.get('a')!.size).toBe(0);
  });
});
