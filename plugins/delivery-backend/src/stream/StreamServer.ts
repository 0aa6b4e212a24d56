// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ServerResponse } from 'node:http';
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { LiveTopics } from '@fairway/plugin-delivery-node';
import { EventWriter } from './EventWriter';
import type { KnownTopic } from './readKnownTopics';
import { TopicFollower } from './TopicFollower';

/** Proxies close what is silent, often after 30 or 60 s; the page waits 45 s. */
const HEARTBEAT_MS = 15_000;
/** A longer timer fires at once in Node.js (32 bit of milliseconds). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The open streams of this process. */
export class StreamServer {
  readonly #topics: LiveTopics;
  readonly #logger: LoggerService;
  readonly #open = new Set<() => void>();
  #closed = false;

  private constructor(topics: LiveTopics, logger: LoggerService) {
    this.#topics = topics;
    this.#logger = logger;
  }

  static create(options: {
    topics: LiveTopics;
    logger: LoggerService;
  }): StreamServer {
    return new StreamServer(options.topics, options.logger);
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Answers with a stream of the topics. It ends when the reader leaves, when the
   * credentials expire (the page comes back with new ones) or with the process.
   *
   * @throws ServiceUnavailableError while the process shuts down
   */
  serve(
    response: ServerResponse,
    known: KnownTopic[],
    credentials: BackstageCredentials,
  ): void {
    if (this.#closed) {
      throw new ServiceUnavailableError('The portal restarts, try again soon');
    }
    if (response.destroyed) {
      return;
    }
    const writer = EventWriter.open(response);
    const followers = known.map(entry =>
      TopicFollower.start({
        topics: this.#topics,
        known: entry,
        credentials,
        logger: this.#logger,
        send: event => writer.send(event),
      }),
    );
    const heartbeat = setInterval(() => writer.heartbeat(), HEARTBEAT_MS);
    let expiry: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      this.#open.delete(end);
      clearInterval(heartbeat);
      clearTimeout(expiry);
      followers.forEach(follower => follower.stop());
      writer.end();
    };
    if (credentials.expiresAt) {
      expiry = setTimeout(
        end,
        Math.min(
          Math.max(0, credentials.expiresAt.getTime() - Date.now()),
          LONGEST_TIMER_MS,
        ),
      );
    }
    this.#open.add(end);
    response.once('close', end);
  }

  /** Ends all streams, else they would hold the shutdown of the HTTP server. */
  close(): void {
    this.#closed = true;
    for (const end of [...this.#open]) {
      end();
    }
  }
}
