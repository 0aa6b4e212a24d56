// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { LiveTopics } from '@fairway/plugin-delivery-node';
import type { TopicEvent } from './EventWriter';
import type { KnownTopic } from './readKnownTopics';

export interface TopicFollowerOptions {
  topics: LiveTopics;
  known: KnownTopic;
  credentials: BackstageCredentials;
  logger: LoggerService;
  send: (event: TopicEvent) => void;
}

/** A rollout changes many objects within moments: one document for all. */
const COALESCE_MS = 100;
/** Rights may be withdrawn while the page is open. */
const AUTHORIZE_MS = 60_000;
/** After a failure, sooner than the next look at the rights. */
const RETRY_MS = 10_000;

/** Forbidden is told like unknown. */
const GONE = ['NotFoundError', 'NotAllowedError'];

/** Follows one topic for one reader, until stopped or gone. */
export class TopicFollower {
  readonly #options: TopicFollowerOptions;
  readonly #id: string;
  readonly #key: string;
  /** The version that the reader has; undefined when it has to be told in any case. */
  #etag: string | undefined;
  #first = true;
  /** False after a failure: nothing is read then before the rights are looked at. */
  #authorized = false;
  #unsubscribe?: () => void;
  #coalesce?: ReturnType<typeof setTimeout>;
  #next?: ReturnType<typeof setTimeout>;
  #running = false;
  #wanted: 'nothing' | 'snapshot' | 'all' = 'nothing';
  #stopped = false;

  private constructor(options: TopicFollowerOptions) {
    const { topic, etag } = options.known;
    const at = topic.indexOf(':');
    this.#options = options;
    this.#id = topic.slice(0, at);
    this.#key = topic.slice(at + 1);
    this.#etag = etag === '' ? undefined : etag;
  }

  static start(options: TopicFollowerOptions): TopicFollower {
    const follower = new TopicFollower(options);
    void follower.#look('all');
    return follower;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#coalesce);
    clearTimeout(this.#next);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** One look at a time: answers must not overtake each other. */
  async #look(what: 'snapshot' | 'all'): Promise<void> {
    if (this.#wanted !== 'all') {
      this.#wanted = what;
    }
    if (this.#running) {
      return;
    }
    this.#running = true;
    while (this.#wanted !== 'nothing' && !this.#stopped) {
      const authorize = this.#wanted === 'all' || !this.#authorized;
      this.#wanted = 'nothing';
      try {
        await this.#tell(authorize);
        if (authorize) {
          this.#lookAgainIn(AUTHORIZE_MS);
        }
      } catch (error) {
        this.#failed(toError(error));
      }
    }
    this.#running = false;
  }

  async #tell(authorize: boolean): Promise<void> {
    const { topics, known, credentials, send } = this.#options;
    const topic = topics.get(this.#id);
    if (!topic) {
      this.#gone();
      return;
    }
    if (authorize) {
      await topic.authorize(this.#key, credentials);
    }
    if (this.#stopped) {
      return;
    }
    this.#authorized = true;
    // Before the snapshot is taken: a change meanwhile must not get lost.
    this.#unsubscribe ??= topic.subscribe(this.#key, () => this.#changed());
    const { etag, data } = await topic.snapshot(this.#key, credentials);
    if (this.#stopped) {
      return;
    }
    if (etag !== this.#etag) {
      send({ type: 'snapshot', topic: known.topic, etag, data });
    } else if (this.#first) {
      send({ type: 'unchanged', topic: known.topic, etag });
    }
    this.#etag = etag;
    this.#first = false;
  }

  #changed(): void {
    this.#coalesce ??= setTimeout(() => {
      this.#coalesce = undefined;
      void this.#look('snapshot');
    }, COALESCE_MS);
  }

  #lookAgainIn(ms: number): void {
    if (this.#stopped) {
      return;
    }
    clearTimeout(this.#next);
    this.#next = setTimeout(() => void this.#look('all'), ms);
  }

  #failed(error: Error): void {
    if (this.#stopped) {
      return;
    }
    if (GONE.includes(error.name)) {
      this.#gone();
      return;
    }
    const { known, logger, send } = this.#options;
    // The cause may name what the reader must not know: it stays in the log.
    logger.warn(`Live topic ${known.topic} failed`, error);
    send({
      type: 'error',
      topic: known.topic,
      message: 'This document could not be read. It is tried again by itself.',
    });
    this.#etag = undefined;
    this.#authorized = false;
    this.#lookAgainIn(RETRY_MS);
  }

  #gone(): void {
    this.stop();
    this.#options.send({ type: 'gone', topic: this.#options.known.topic });
  }
}
