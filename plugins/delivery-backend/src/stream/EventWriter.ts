// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ServerResponse } from 'node:http';

/** What the stream says of one topic. */
export type TopicEvent =
  | { type: 'snapshot'; topic: string; etag: string; data: unknown }
  | { type: 'unchanged'; topic: string; etag: string }
  | { type: 'gone'; topic: string }
  | { type: 'error'; topic: string; message: string };

/**
 * Writes server-sent events (WHATWG HTML, "Server-sent events"). A slow reader makes
 * it keep only the newest event per topic: memory stays bounded, and what the reader
 * gets in the end is current.
 */
export class EventWriter {
  readonly #response: ServerResponse;
  readonly #waiting = new Map<string, string>();
  #blocked = false;

  private constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Sends the headers and a comment at once, so that the page knows that no proxy holds the stream back. */
  static open(response: ServerResponse): EventWriter {
    const writer = new EventWriter(response);
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      // no-transform also keeps the compression of the backend away: it would buffer.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    response.on('drain', () => writer.#drained());
    writer.#write(': open\n\n');
    return writer;
  }

  send(event: TopicEvent): void {
    const { type, ...body } = event;
    const text = `event: ${type}\ndata: ${JSON.stringify(body)}\n\n`;
    if (this.#blocked) {
      this.#waiting.delete(event.topic);
      this.#waiting.set(event.topic, text);
      return;
    }
    this.#write(text);
  }

  /** A comment. Bytes that still wait are sign of life enough. */
  heartbeat(): void {
    if (!this.#blocked) {
      this.#write(': alive\n\n');
    }
  }

  /** A reader who does not read would never take the end either: that connection is cut. */
  end(): void {
    this.#waiting.clear();
    if (this.#blocked) {
      this.#response.destroy();
    } else {
      this.#response.end();
    }
  }

  #drained(): void {
    this.#blocked = false;
    for (const [topic, text] of this.#waiting) {
      if (this.#blocked) {
        return;
      }
      this.#waiting.delete(topic);
      this.#write(text);
    }
  }

  #write(text: string): void {
    if (this.#response.writableEnded || this.#response.destroyed) {
      return;
    }
    this.#blocked = !this.#response.write(text);
  }
}
