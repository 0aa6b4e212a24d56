// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { toError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { LiveDocuments } from './LiveDocuments';
import { openStream } from './openStream';
import { pollDocument } from './pollDocument';
import type { DeliveryApi, LiveRequest, LiveState } from './types';

/** @public */
export interface DeliveryApiOptions {
  fetchApi: FetchApi;
  /** 0 to 1, for the jitter; `Math.random` unless told. */
  random?: () => number;
}

/** A page mounts its cards one after the other: one stream for all of them. */
const DEBOUNCE_MS = 50;
/** Leaving a tab for a moment is no reason to reconnect. */
const HIDE_GRACE_MS = 5_000;
const POLL_MS = 30_000;
const POLL_AFTER_DROP_MS = 15_000;
/** A stream that held this long was a good one: its end is not a failure. */
const STEADY_MS = 10_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;
/** Where streaming does not work, it is tried again seldom. */
const BACKOFF_UNAVAILABLE_MS = 300_000;

/**
 * One stream for all documents that the tab shows. When topics come or go it is
 * opened anew, with the versions that are known. Without a stream the documents are
 * asked for by the clock; a hidden tab asks for nothing.
 *
 * @public
 */
export class DefaultDeliveryApi implements DeliveryApi {
  readonly #documents = new LiveDocuments();
  readonly #fetchApi: FetchApi;
  readonly #random: () => number;
  #mode: 'idle' | 'running' | 'paused' | 'ended' = 'idle';
  #stream?: { abort: AbortController; topics: string };
  #liveSince?: number;
  #failures = 0;
  #debounce?: ReturnType<typeof setTimeout>;
  #reopen?: ReturnType<typeof setTimeout>;
  #poll?: ReturnType<typeof setTimeout>;
  #hide?: ReturnType<typeof setTimeout>;

  private constructor(options: DeliveryApiOptions) {
    this.#fetchApi = options.fetchApi;
    this.#random = options.random ?? Math.random;
  }

  /** Lives as long as the page: it listens to the tab becoming hidden and visible. */
  static create(options: DeliveryApiOptions): DeliveryApi {
    const api = new DefaultDeliveryApi(options);
    document.addEventListener('visibilitychange', () => api.#visibility());
    // Signing out leaves the page. An open stream would also keep the browser from
    // bringing the page back at once with the back button.
    window.addEventListener('pagehide', () => api.#pause());
    window.addEventListener('pageshow', () => api.#visibility());
    return api;
  }

  read(request: LiveRequest): LiveState {
    return this.#documents.read(request);
  }

  observe(request: LiveRequest, changed: () => void): () => void {
    if (this.#documents.add(request, changed)) {
      this.#topicsChanged();
    }
    return () => {
      if (this.#documents.remove(request.topic, changed)) {
        this.#topicsChanged();
      }
    };
  }

  async refresh(request: LiveRequest): Promise<void> {
    const { topic, url } = request;
    try {
      const answer = await pollDocument({
        fetchApi: this.#fetchApi,
        url,
        etag: this.#documents.etag(topic),
      });
      this.#documents.polled(topic, answer, this.#liveSince);
      if (this.#mode === 'ended') {
        // The session is back.
        this.#mode = 'running';
        this.#open();
      }
    } catch (error) {
      this.#documents.failed(topic, toError(error));
    }
  }

  #topicsChanged(): void {
    clearTimeout(this.#debounce);
    this.#debounce = setTimeout(() => {
      const topics = this.#topics();
      if (topics === '') {
        this.#stop('idle');
      } else if (this.#mode === 'paused' || document.hidden) {
        this.#mode = 'paused';
      } else if (this.#stream?.topics !== topics) {
        this.#mode = 'running';
        this.#open();
      }
    }, DEBOUNCE_MS);
  }

  #topics(): string {
    return this.#documents
      .watched()
      .map(({ topic }) => topic)
      .join('\n');
  }

  async #open(): Promise<void> {
    clearTimeout(this.#reopen);
    this.#stream?.abort.abort();
    const abort = new AbortController();
    const stream = { abort, topics: this.#topics() };
    this.#stream = stream;
    let openedAt: number | undefined;
    let failure: Error | undefined;
    try {
      await openStream({
        fetchApi: this.#fetchApi,
        topics: this.#documents.watched(),
        signal: abort.signal,
        onOpen: () => {
          openedAt = Date.now();
          this.#liveSince ??= openedAt;
          this.#stopPolling();
        },
        onEvent: event =>
          this.#documents.streamed(event, this.#liveSince ?? Date.now()),
      });
    } catch (error) {
      failure = toError(error);
    }
    if (this.#stream !== stream) {
      return;
    }
    this.#stream = undefined;
    this.#dropped(failure, openedAt);
  }

  #dropped(failure: Error | undefined, openedAt: number | undefined): void {
    if (failure?.name === 'AuthenticationError') {
      const watched = this.#documents.watched();
      this.#stop('ended');
      for (const { topic } of watched) {
        this.#documents.failed(topic, failure);
      }
      return;
    }
    const steady = openedAt !== undefined && Date.now() - openedAt >= STEADY_MS;
    this.#failures = steady ? 0 : this.#failures + 1;
    if (!steady) {
      this.#liveSince = undefined;
      this.#documents.turn('polling');
      this.#startPolling();
    }
    this.#reopen = setTimeout(() => this.#open(), this.#delay(failure));
  }

  /** Exponential, and never in step with the other tabs that lost the same server. */
  #delay(failure: Error | undefined): number {
    const longest =
      failure?.name === 'StreamUnavailableError'
        ? BACKOFF_UNAVAILABLE_MS
        : Math.min(
            BACKOFF_FIRST_MS * 2 ** Math.max(0, this.#failures - 1),
            BACKOFF_MAX_MS,
          );
    return longest * (0.5 + this.#random() / 2);
  }

  #startPolling(): void {
    const missing = this.#documents.watched().filter(entry => !entry.hasData);
    for (const request of missing) {
      void this.refresh(request);
    }
    // Each failed attempt for a stream comes by here: the clock goes on.
    this.#poll ??= setTimeout(() => this.#pollAll(), POLL_AFTER_DROP_MS);
  }

  #stopPolling(): void {
    clearTimeout(this.#poll);
    this.#poll = undefined;
  }

  async #pollAll(): Promise<void> {
    await Promise.all(
      this.#documents.watched().map(request => this.refresh(request)),
    );
    this.#stopPolling();
    if (this.#mode === 'running' && this.#liveSince === undefined) {
      this.#poll = setTimeout(() => this.#pollAll(), POLL_MS);
    }
  }

  #visibility(): void {
    clearTimeout(this.#hide);
    if (document.hidden) {
      this.#hide = setTimeout(() => this.#pause(), HIDE_GRACE_MS);
    } else if (this.#mode === 'paused') {
      this.#mode = 'running';
      this.#failures = 0;
      if (this.#topics() !== '') {
        this.#open();
      }
    }
  }

  #pause(): void {
    if (this.#mode === 'running') {
      this.#stop('paused');
      this.#documents.turn('paused');
    }
  }

  #stop(mode: 'idle' | 'paused' | 'ended'): void {
    this.#mode = mode;
    this.#liveSince = undefined;
    this.#failures = 0;
    clearTimeout(this.#reopen);
    this.#stopPolling();
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.abort.abort();
  }
}
