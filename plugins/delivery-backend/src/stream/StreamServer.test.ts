// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type { LiveTopic } from '@fairway/plugin-delivery-node';
import { StreamServer } from './StreamServer';

/** The side of a reader who can stop reading. */
class FakeResponse extends EventEmitter {
  readonly written: string[] = [];
  reads = true;
  writableEnded = false;
  destroyed = false;

  writeHead() {
    return this;
  }

  write(text: string): boolean {
    this.written.push(text);
    return this.reads;
  }

  end() {
    this.writableEnded = true;
    this.emit('close');
  }

  destroy() {
    this.destroyed = true;
    this.emit('close');
  }

  /** What was written since the last call. */
  take(): string[] {
    return this.written.splice(0);
  }
}

function start(expiresAt?: Date) {
  const document = { value: 1, allowed: true };
  const subscribers = new Set<() => void>();
  const topic: LiveTopic = {
    id: 'test.document',
    async authorize() {
      if (!document.allowed) {
        throw new NotFoundError('No document');
      }
    },
    snapshot: async () => ({
      etag: `v${document.value}`,
      data: document.value,
    }),
    subscribe(_key, changed) {
      subscribers.add(changed);
      return () => subscribers.delete(changed);
    },
  };
  const server = StreamServer.create({
    topics: {
      register: () => undefined,
      get: id => (id === topic.id ? topic : undefined),
    },
    logger: mockServices.logger.mock(),
  });
  const response = new FakeResponse();
  server.serve(
    response as unknown as ServerResponse,
    [{ topic: 'test.document:a', etag: '' }],
    { ...mockCredentials.user(), expiresAt },
  );
  return {
    server,
    response,
    document,
    subscribers,
    change(value: number) {
      document.value = value;
      subscribers.forEach(changed => changed());
    },
  };
}

function snapshot(value: number): string {
  return `event: snapshot\ndata: {"topic":"test.document:a","etag":"v${value}","data":${value}}\n\n`;
}

describe('StreamServer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('shows life every 15 s and takes the document away when the rights end', async () => {
    const { server, response, document, subscribers } = start();
    await jest.advanceTimersByTimeAsync(15_000);
    expect(response.take()).toEqual([': open\n\n', snapshot(1), ': alive\n\n']);

    document.allowed = false;
    await jest.advanceTimersByTimeAsync(44_999);
    expect(response.take()).toEqual([': alive\n\n', ': alive\n\n']);
    await jest.advanceTimersByTimeAsync(1);
    expect(response.take()).toEqual(
      expect.arrayContaining([
        'event: gone\ndata: {"topic":"test.document:a"}\n\n',
      ]),
    );
    expect(subscribers.size).toBe(0);
    server.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('makes one snapshot of the changes within 100 ms', async () => {
    const { server, response, change } = start();
    await jest.advanceTimersByTimeAsync(0);
    response.take();
    change(2);
    await jest.advanceTimersByTimeAsync(50);
    change(3);
    await jest.advanceTimersByTimeAsync(49);
    expect(response.take()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(response.take()).toEqual([snapshot(3)]);
    server.close();
  });

  it('keeps only the newest for who reads slowly', async () => {
    const { server, response, change } = start();
    await jest.advanceTimersByTimeAsync(0);
    response.reads = false;
    change(2);
    await jest.advanceTimersByTimeAsync(100);
    expect(response.take()).toEqual([': open\n\n', snapshot(1), snapshot(2)]);
    change(3);
    await jest.advanceTimersByTimeAsync(100);
    change(4);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(response.take()).toEqual([]);
    response.reads = true;
    response.emit('drain');
    expect(response.take()).toEqual([snapshot(4)]);

    response.reads = false;
    change(5);
    await jest.advanceTimersByTimeAsync(100);
    server.close();
    expect(response.destroyed).toBe(true);
  });

  it('ends when the credentials do, and leaves nothing behind', async () => {
    const { response, subscribers } = start(new Date(Date.now() + 30_000));
    await jest.advanceTimersByTimeAsync(29_999);
    expect(response.writableEnded).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(response.writableEnded).toBe(true);
    expect(subscribers.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves nothing behind when the reader goes, and opens no stream any more once closed', async () => {
    const { server, response, subscribers } = start();
    await jest.advanceTimersByTimeAsync(0);
    expect([subscribers.size, server.size]).toEqual([1, 1]);
    response.emit('close');
    expect([subscribers.size, server.size]).toEqual([0, 0]);
    expect(jest.getTimerCount()).toBe(0);
    server.close();
    expect(() =>
      server.serve(
        new FakeResponse() as unknown as ServerResponse,
        [],
        mockCredentials.user(),
      ),
    ).toThrow('The portal restarts, try again soon');
  });
});
