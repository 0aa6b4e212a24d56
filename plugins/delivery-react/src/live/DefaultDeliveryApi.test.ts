// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { DefaultDeliveryApi } from './DefaultDeliveryApi';
import type { DeliveryApi, LiveRequest, LiveState } from './types';

const ORDERS: LiveRequest = { topic: 'x.deployments:orders', url: '/orders' };
const CART: LiveRequest = { topic: 'x.deployments:cart', url: '/cart' };

/** One request to the stream: what was asked, and a way to answer. */
interface StreamCall {
  query: URLSearchParams;
  signal: AbortSignal;
  send(event: string, data: object): void;
  comment(): void;
  end(): void;
}

/** A server whose answers the test decides. */
class FakeServer {
  readonly streams: StreamCall[] = [];
  readonly gets: Array<{ url: string; etag: string | null }> = [];
  /** Status of the stream; 200 opens it. */
  streamStatus = 200;
  contentType = 'text/event-stream';
  answer: () => Response = () => new Response('{}', { status: 500 });

  readonly fetchApi = {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const url = String(input);
      if (!url.startsWith('plugin://fairway-delivery/v1/stream')) {
        const etag = new Headers(init?.headers).get('if-none-match');
        this.gets.push({ url, etag });
        return this.answer();
      }
      return this.#stream(url, init?.signal as AbortSignal);
    },
  };

  #stream(url: string, signal: AbortSignal): Response {
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: c => {
        controller = c;
      },
    });
    const encoder = new TextEncoder();
    const write = (text: string) => controller.enqueue(encoder.encode(text));
    signal.addEventListener('abort', () => {
      try {
        controller.error(signal.reason);
      } catch {
        // Already ended by the server.
      }
    });
    this.streams.push({
      query: new URLSearchParams(url.split('?')[1]),
      signal,
      send: (event, data) =>
        write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      comment: () => write(': alive\n\n'),
      end: () => controller.close(),
    });
    return new Response(body, {
      status: this.streamStatus,
      headers: { 'content-type': this.contentType },
    });
  }

  get last(): StreamCall {
    return this.streams[this.streams.length - 1];
  }
}

function setHidden(hidden: boolean) {
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    get: () => hidden,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Lets streams and promises go on, and the clock with them. */
async function pass(ms: number) {
  await jest.advanceTimersByTimeAsync(ms);
}

function json(data: object, etag: string): Response {
  return new Response(JSON.stringify(data), {
    status: 200,
    headers: { etag, 'content-type': 'application/json' },
  });
}

describe('DefaultDeliveryApi', () => {
  let server: FakeServer;
  let api: DeliveryApi;
  const seen: Array<LiveState['status']> = [];
  const watch = (request: LiveRequest) =>
    api.observe(request, () => seen.push(api.read(request).status));

  beforeEach(() => {
    jest.useFakeTimers({ now: 1_000_000 });
    setHidden(false);
    seen.length = 0;
    server = new FakeServer();
    api = DefaultDeliveryApi.create({
      fetchApi: server.fetchApi as never,
      random: () => 1,
    });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('follows all documents of a page on one stream', async () => {
    const stopOrders = watch(ORDERS);
    watch(CART);
    expect(api.read(ORDERS)).toEqual({ status: 'loading' });
    await pass(60);

    expect(server.streams).toHaveLength(1);
    expect(server.last.query.getAll('topic')).toEqual([
      CART.topic,
      ORDERS.topic,
    ]);
    server.last.send('snapshot', {
      topic: ORDERS.topic,
      etag: 'o1',
      data: { version: '1.4.2' },
    });
    server.last.send('gone', { topic: CART.topic });
    server.last.send('from-a-newer-server', { topic: ORDERS.topic });
    await pass(0);
    expect(api.read(ORDERS)).toEqual({
      status: 'live',
      data: { version: '1.4.2' },
      asOf: 1_000_060,
      liveSince: 1_000_060,
    });
    expect(api.read(CART)).toEqual({ status: 'gone' });

    await pass(5_000);
    server.last.send('snapshot', {
      topic: ORDERS.topic,
      etag: 'o2',
      data: { version: '1.5.0' },
    });
    server.last.send('error', { topic: CART.topic, message: 'no cluster' });
    await pass(0);
    expect(api.read(ORDERS)).toMatchObject({ data: { version: '1.5.0' } });
    expect(api.read(CART)).toMatchObject({
      status: 'error',
      error: new Error('no cluster'),
    });
    expect(server.gets).toEqual([]);

    // Leaving the page of orders: the stream goes on for the rest.
    const first = server.last;
    stopOrders();
    await pass(60);
    expect(first.signal.aborted).toBe(true);
    expect(server.streams).toHaveLength(2);
    expect(server.last.query.getAll('topic')).toEqual([CART.topic]);

    // And back: what was there is shown at once and its version is sent along.
    watch(ORDERS);
    expect(api.read(ORDERS)).toMatchObject({ data: { version: '1.5.0' } });
    await pass(60);
    expect(server.last.query.getAll('topic')).toEqual([
      CART.topic,
      ORDERS.topic,
    ]);
    expect(server.last.query.getAll('etag')).toEqual(['', 'o2']);
    server.last.send('unchanged', { topic: ORDERS.topic, etag: 'o2' });
    await pass(0);
    expect(api.read(ORDERS)).toMatchObject({
      status: 'live',
      data: { version: '1.5.0' },
    });
  });

  it('comes back quietly when a good stream ends', async () => {
    watch(ORDERS);
    await pass(60);
    server.last.send('snapshot', { topic: ORDERS.topic, etag: 'a', data: 1 });
    await pass(11_000);
    server.last.end();
    await pass(900);
    expect(server.streams).toHaveLength(1);
    await pass(200);
    expect(server.streams).toHaveLength(2);
    server.last.send('unchanged', { topic: ORDERS.topic, etag: 'a' });
    await pass(0);
    expect(api.read(ORDERS)).toMatchObject({
      status: 'live',
      liveSince: 1_000_060,
    });
    expect(new Set(seen)).toEqual(new Set(['live']));
  });

  it('asks by the clock while the stream is away, less and less often for the stream', async () => {
    server.streamStatus = 503;
    let version = 0;
    server.answer = () => {
      version += 1;
      return json({ version }, `W/"${version}"`);
    };
    watch(ORDERS);
    await pass(60);
    // Nothing is known yet: not a moment is lost.
    expect(api.read(ORDERS)).toMatchObject({
      status: 'polling',
      data: { version: 1 },
    });
    await pass(14_900);
    expect(server.gets).toHaveLength(1);
    server.answer = () => new Response(null, { status: 304 });
    await pass(200);
    expect(server.gets.at(-1)).toEqual({ url: '/orders', etag: 'W/"1"' });
    expect(server.gets).toHaveLength(2);
    await pass(30_100);
    expect(server.gets).toHaveLength(3);
    // 1, 2, 4, 8, 16 s, then every 30 s.
    expect(server.streams).toHaveLength(6);

    server.answer = () => new Response('{}', { status: 500 });
    await pass(30_000);
    expect(api.read(ORDERS)).toMatchObject({
      status: 'error',
      data: { version: 1 },
    });

    server.streamStatus = 200;
    await pass(17_000);
    server.last.send('snapshot', { topic: ORDERS.topic, etag: 'z', data: 2 });
    await pass(0);
    expect(api.read(ORDERS)).toMatchObject({ status: 'live', data: 2 });
    const asked = server.gets.length;
    for (let i = 0; i < 4; i += 1) {
      server.last.comment();
      await pass(30_000);
    }
    expect(server.gets).toHaveLength(asked);
  });

  it('takes a stream that something holds back, or that fell silent, for none', async () => {
    server.answer = () => json({ version: 1 }, 'a');
    watch(ORDERS);
    await pass(60);
    expect(server.gets).toHaveLength(0);
    await pass(10_000);
    expect(server.last.signal.aborted).toBe(true);
    expect(api.read(ORDERS)).toMatchObject({ status: 'polling' });
    // Trying again soon would hold the browser's connection for nothing.
    await pass(60_000);
    expect(server.streams).toHaveLength(1);
    await pass(240_000);
    expect(server.streams).toHaveLength(2);

    server.last.send('snapshot', { topic: ORDERS.topic, etag: 'b', data: 2 });
    await pass(44_000);
    server.last.comment();
    await pass(44_000);
    expect(api.read(ORDERS).status).toBe('live');
    await pass(2_000);
    expect(server.last.query.getAll('etag')).toEqual(['b']);
    expect(server.streams).toHaveLength(3);
  });

  it('does without a stream where there is none', async () => {
    server.contentType = 'text/html';
    server.answer = () => new Response('{}', { status: 404 });
    watch(ORDERS);
    await pass(100);
    expect(api.read(ORDERS)).toEqual({ status: 'gone' });
  });

  it('rests while the tab is hidden, and when nobody looks', async () => {
    const stop = watch(ORDERS);
    await pass(60);
    server.last.send('snapshot', { topic: ORDERS.topic, etag: 'a', data: 1 });
    await pass(0);

    setHidden(true);
    await pass(4_000);
    setHidden(false);
    await pass(10_000);
    expect(server.last.signal.aborted).toBe(false);

    setHidden(true);
    await pass(5_100);
    expect(server.last.signal.aborted).toBe(true);
    expect(api.read(ORDERS)).toMatchObject({ status: 'paused', data: 1 });
    await pass(600_000);
    expect(server.streams).toHaveLength(1);
    expect(server.gets).toEqual([]);

    setHidden(false);
    await pass(0);
    expect(server.streams).toHaveLength(2);
    expect(server.last.query.getAll('etag')).toEqual(['a']);
    server.last.send('unchanged', { topic: ORDERS.topic, etag: 'a' });
    await pass(0);
    expect(api.read(ORDERS)).toMatchObject({ status: 'live', data: 1 });

    stop();
    await pass(60);
    expect(server.last.signal.aborted).toBe(true);
    await pass(600_000);
    expect(server.streams).toHaveLength(2);
    // Nobody came back for a long time: it is forgotten.
    expect(api.read(ORDERS)).toEqual({ status: 'loading' });
  });

  it('ends when the session ends, and lives again with it', async () => {
    server.streamStatus = 401;
    server.answer = () => json({ version: 3 }, 'c');
    watch(ORDERS);
    await pass(60);
    expect(api.read(ORDERS)).toMatchObject({
      status: 'error',
      error: { name: 'AuthenticationError' },
    });
    await pass(600_000);
    expect(server.streams).toHaveLength(1);
    expect(server.gets).toEqual([]);

    server.streamStatus = 200;
    await api.refresh(ORDERS);
    expect(api.read(ORDERS)).toMatchObject({ data: { version: 3 } });
    expect(server.streams).toHaveLength(2);
  });
});
