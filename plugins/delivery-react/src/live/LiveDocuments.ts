// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KnownTopic, StreamEvent } from './openStream';
import type { PolledDocument } from './pollDocument';
import type { LiveRequest, LiveState, LiveStatus } from './types';

interface Entry {
  request: LiveRequest;
  state: LiveState;
  etag?: string;
  listeners: Set<() => void>;
  forget?: ReturnType<typeof setTimeout>;
}

/** Going back to a page within this time shows what was there, at once. */
const KEEP_MS = 5 * 60_000;

const LOADING: LiveState = { status: 'loading' };

/** What the tab knows of its documents, and who looks at them. Knows no network. */
export class LiveDocuments {
  readonly #entries = new Map<string, Entry>();

  read(request: LiveRequest): LiveState {
    return this.#entries.get(request.topic)?.state ?? LOADING;
  }

  /** @returns true when it is the first who looks */
  add(request: LiveRequest, listener: () => void): boolean {
    const entry = this.#entry(request);
    clearTimeout(entry.forget);
    entry.forget = undefined;
    entry.listeners.add(listener);
    return entry.listeners.size === 1;
  }

  /** @returns true when nobody looks any more */
  remove(topic: string, listener: () => void): boolean {
    const entry = this.#entries.get(topic);
    if (!entry?.listeners.delete(listener) || entry.listeners.size > 0) {
      return false;
    }
    entry.forget = setTimeout(() => this.#entries.delete(topic), KEEP_MS);
    return true;
  }

  /** Topics that somebody looks at, in a stable order. */
  watched(): Array<KnownTopic & LiveRequest & { hasData: boolean }> {
    return [...this.#entries.values()]
      .filter(entry => entry.listeners.size > 0)
      .map(({ request, etag, state }) => ({
        ...request,
        etag,
        hasData: state.data !== undefined,
      }))
      .sort((a, b) => a.topic.localeCompare(b.topic));
  }

  etag(topic: string): string | undefined {
    return this.#entries.get(topic)?.etag;
  }

  /** What the stream said. */
  streamed(event: StreamEvent, liveSince: number): void {
    const entry = this.#entries.get(event.topic);
    if (!entry) {
      return;
    }
    switch (event.type) {
      case 'snapshot':
        entry.etag = event.etag || undefined;
        this.#set(entry, {
          data: event.data,
          status: 'live',
          asOf: Date.now(),
          liveSince,
        });
        return;
      case 'unchanged':
        this.#set(entry, {
          data: entry.state.data,
          status: 'live',
          asOf: Date.now(),
          liveSince,
        });
        return;
      case 'gone':
        this.#gone(entry);
        return;
      default:
        this.failed(event.topic, new Error(event.message));
    }
  }

  /** What a plain request answered. */
  polled(topic: string, answer: PolledDocument, liveSince?: number): void {
    const entry = this.#entries.get(topic);
    if (!entry) {
      return;
    }
    if (answer.changed) {
      entry.etag = answer.etag;
    }
    this.#set(entry, {
      data: answer.changed ? answer.data : entry.state.data,
      status: liveSince === undefined ? 'polling' : 'live',
      asOf: Date.now(),
      liveSince,
    });
  }

  /** A document could not be read; what was known stays. */
  failed(topic: string, error: Error): void {
    const entry = this.#entries.get(topic);
    if (!entry) {
      return;
    }
    if (error.name === 'NotFoundError') {
      this.#gone(entry);
      return;
    }
    this.#set(entry, {
      data: entry.state.data,
      asOf: entry.state.asOf,
      status: 'error',
      error,
    });
  }

  /** All documents of the page get their news in another way from now on. */
  turn(status: Extract<LiveStatus, 'polling' | 'paused'>): void {
    for (const entry of this.#entries.values()) {
      const { state } = entry;
      if (state.status === 'gone' || state.status === 'error') {
        continue;
      }
      // What was never seen still loads: it cannot be polled or paused.
      if (state.data !== undefined) {
        this.#set(entry, { data: state.data, asOf: state.asOf, status });
      }
    }
  }

  #gone(entry: Entry): void {
    entry.etag = undefined;
    this.#set(entry, { status: 'gone' });
  }

  #set(entry: Entry, state: LiveState): void {
    entry.state = state;
    for (const listener of [...entry.listeners]) {
      listener();
    }
  }

  #entry(request: LiveRequest): Entry {
    let entry = this.#entries.get(request.topic);
    if (!entry) {
      entry = { request, state: LOADING, listeners: new Set() };
      this.#entries.set(request.topic, entry);
    }
    entry.request = request;
    return entry;
  }
}
