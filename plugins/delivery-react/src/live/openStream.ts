// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  AuthenticationError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { createParser } from 'eventsource-parser';

/** One event of the stream, checked. */
export type StreamEvent =
  | { type: 'snapshot'; topic: string; etag: string; data: unknown }
  | { type: 'unchanged'; topic: string; etag: string }
  | { type: 'gone'; topic: string }
  | { type: 'error'; topic: string; message: string };

/** A topic to follow and the version of it that is known. */
export interface KnownTopic {
  topic: string;
  etag?: string;
}

export interface OpenStreamOptions {
  fetchApi: FetchApi;
  topics: readonly KnownTopic[];
  signal: AbortSignal;
  /** Called for the first sign of life, a heartbeat included. */
  onOpen: () => void;
  onEvent: (event: StreamEvent) => void;
}

/** The server has to say something this soon, else a proxy holds the stream back. */
const FIRST_BYTE_MS = 10_000;
/** Heartbeats come every 15 s; two may get lost. */
const SILENCE_MS = 45_000;

const STREAM_URL = 'plugin://fairway-delivery/v1/stream';

/**
 * Streaming does not work here: the route is missing, or something on the way
 * changes or holds back the answer. Trying again soon would not help.
 */
export class StreamUnavailableError extends Error {
  override readonly name = 'StreamUnavailableError';
}

function readEvent(
  type: string | undefined,
  text: string,
): StreamEvent | undefined {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (
    typeof body !== 'object' ||
    body === null ||
    typeof body.topic !== 'string'
  ) {
    return undefined;
  }
  const { topic } = body;
  const etag = typeof body.etag === 'string' ? body.etag : '';
  switch (type) {
    case 'snapshot':
      return { type, topic, etag, data: body.data };
    case 'unchanged':
      return { type, topic, etag };
    case 'gone':
      return { type, topic };
    case 'error':
      return { type, topic, message: String(body.message ?? '') };
    default:
      // A newer server may say more than this page understands.
      return undefined;
  }
}

function streamUrl(topics: readonly KnownTopic[]): string {
  const query = new URLSearchParams();
  for (const { topic } of topics) {
    query.append('topic', topic);
  }
  for (const { etag } of topics) {
    query.append('etag', etag ?? '');
  }
  return `${STREAM_URL}?${query}`;
}

async function connect(options: OpenStreamOptions, signal: AbortSignal) {
  const response = await options.fetchApi.fetch(streamUrl(options.topics), {
    headers: { accept: 'text/event-stream' },
    cache: 'no-store',
    signal,
  });
  if (response.status === 401) {
    throw new AuthenticationError('The session has ended');
  }
  if (response.status === 429 || response.status >= 500) {
    throw new ServiceUnavailableError(
      `The live stream answers ${response.status}`,
    );
  }
  const type = response.headers.get('content-type') ?? '';
  if (!response.ok || !response.body || !type.includes('text/event-stream')) {
    throw new StreamUnavailableError(
      `The live stream answers ${response.status} ${type}`,
    );
  }
  return response.body;
}

/**
 * Follows topics on one stream of server-sent events until it ends. The end by the
 * server, for example when the credentials expire, resolves.
 *
 * @throws AuthenticationError when the session has ended
 * @throws StreamUnavailableError when streaming does not work on this way
 * @throws Error when the connection breaks or falls silent
 */
export async function openStream(options: OpenStreamOptions): Promise<void> {
  const { signal, onEvent, onOpen } = options;
  const watchdog = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expect = (ms: number, reason: Error) => {
    clearTimeout(timer);
    timer = setTimeout(() => watchdog.abort(reason), ms);
  };
  const stop = () => watchdog.abort(signal.reason);
  signal.addEventListener('abort', stop);
  if (signal.aborted) {
    stop();
  }
  try {
    expect(
      FIRST_BYTE_MS,
      new StreamUnavailableError('The live stream says nothing'),
    );
    const body = await connect(options, watchdog.signal);
    const reader = body.getReader();
    // A body that is not from fetch, or a slow one, does not end by itself.
    watchdog.signal.addEventListener('abort', () => {
      reader.cancel(watchdog.signal.reason).catch(() => undefined);
    });
    const parser = createParser({
      onEvent: message => {
        const event = readEvent(message.event, message.data);
        if (event) {
          onEvent(event);
        }
      },
    });
    const decoder = new TextDecoder();
    let opened = false;
    for (;;) {
      const { done, value } = await reader.read();
      if (watchdog.signal.aborted) {
        throw watchdog.signal.reason;
      }
      if (done) {
        return;
      }
      expect(SILENCE_MS, new Error('The live stream fell silent'));
      if (!opened) {
        opened = true;
        onOpen();
      }
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } catch (error) {
    throw watchdog.signal.aborted ? watchdog.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
