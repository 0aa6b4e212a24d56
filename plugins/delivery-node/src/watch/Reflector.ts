// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as wait } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { ClusterClient } from './ClusterClient';
import { ClusterError, SilenceError } from './ClusterError';
import { discoverPath } from './discoverPath';
import { listObjects } from './listObjects';
import { ObjectIndex } from './ObjectIndex';
import { map, text } from './projection/rawObject';
import { projectObject, type WatchedKind } from './projection/watchedKinds';
import { type Refusal, SourceHealth } from './SourceHealth';
import type { StateJournal } from './StateJournal';
import type { WatchChange, WatchCounters } from './types';
import { type WatchPlace, watchObjects } from './watchObjects';
import type { WatchTuning } from './WatchTuning';

export interface ReflectorOptions {
  cluster: string;
  watched: WatchedKind;
  client: ClusterClient;
  tuning: WatchTuning;
  counters: WatchCounters;
  journal: StateJournal;
  logger: LoggerService;
  changed(change: WatchChange): void;
}

const EVENTS = ['ADDED', 'MODIFIED', 'DELETED'];

/**
 * Keeps one kind of one cluster: paged list, then watch, for ever. What makes
 * the stock informers unsafe is handled here: an error never ends the loop, a
 * server that closes at once is not hammered, 410 costs exactly one list.
 */
export class Reflector {
  readonly #index = new ObjectIndex();
  readonly #health: SourceHealth;
  readonly #options: ReflectorOptions;
  readonly #abort = new AbortController();
  /** Failures in a row, without a word from the server between them. */
  #failures = 0;
  /** The same for places that the server no longer remembered. */
  #expired = 0;
  #reported = false;

  constructor(options: ReflectorOptions) {
    const { cluster, watched, journal, changed } = options;
    this.#options = options;
    this.#health = new SourceHealth({
      cluster,
      kind: watched.kind,
      journal,
      changed: () => changed({ type: 'status', cluster, kind: watched.kind }),
    });
  }

  get index(): Pick<ObjectIndex, 'get' | 'find' | 'size'> {
    return this.#index;
  }

  status(): SourceStatus {
    return this.#health.status();
  }

  close(): void {
    this.#abort.abort();
  }

  /** Until it is closed. Never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      const pause = await this.#round().catch(error => this.#failed(error));
      await wait(pause, undefined, { signal }).catch(() => {});
    }
  }

  /** Discovery, list, and watches, until only a new list helps. @returns how long to wait, in ms */
  async #round(): Promise<number> {
    const { client, watched, tuning } = this.#options;
    const path = await discoverPath({
      client,
      watched,
      signal: this.#abort.signal,
      timeoutMs: tuning.connectTimeoutMs,
    });
    if (!path) {
      return this.#refused('not-installed', 'its API group is not served');
    }
    return this.#watch(path, await this.#list(path));
  }

  async #list(path: string): Promise<string> {
    const { cluster, watched, changed } = this.#options;
    const { index, version } = await listObjects({
      ...this.#options,
      path,
      signal: this.#abort.signal,
      malformed: what => this.#malformed(what),
    });
    const differs = this.#index.replaceBy(index);
    this.#health.heard();
    if (differs) {
      changed({ type: 'reset', cluster, kind: watched.kind });
    }
    return version;
  }

  /** One watch after the other, each from where the last one was. */
  async #watch(path: string, version: string): Promise<never> {
    const { tuning } = this.#options;
    const { signal } = this.#abort;
    const place: WatchPlace = { version, heard: 0 };
    let refusedToHold = 0;
    for (;;) {
      const began = Date.now();
      let pause: number;
      try {
        await watchObjects({
          ...this.#options,
          path,
          place,
          signal,
          heard: () => this.#heard(place),
          take: (type, object) => this.#take(type, object),
          malformed: what => this.#malformed(what),
        });
        const lasted = Date.now() - began;
        if (lasted >= tuning.shortWatchMs) {
          this.#failures = 0;
        }
        const held = place.heard > 0 || lasted >= tuning.shortWatchMs;
        refusedToHold = held ? 0 : refusedToHold + 1;
        pause =
          refusedToHold > 1
            ? this.#backoff(refusedToHold - 1)
            : Math.max(0, tuning.minBackoffMs - lasted);
      } catch (error) {
        if (needsList(error)) {
          throw error;
        }
        pause = this.#failed(error);
      }
      await wait(pause, undefined, { signal });
    }
  }

  #heard(place: WatchPlace): void {
    if (place.heard > 0) {
      this.#failures = 0;
      this.#expired = 0;
    }
    this.#health.heard();
  }

  #take(type: string, raw: Record<string, unknown>): void {
    const { cluster, watched, changed } = this.#options;
    const object = projectObject(watched, cluster, raw);
    if (!object || !EVENTS.includes(type)) {
      this.#malformed(
        object ? `an event of type ${type}` : 'an event without name or uid',
      );
      return;
    }
    const { namespace, name } = object;
    const at = { cluster, kind: watched.kind, namespace, name };
    if (type === 'DELETED') {
      if (this.#index.delete(object)) {
        changed({ type: 'deleted', ...at });
      }
      return;
    }
    const version = text(map(raw.metadata).resourceVersion) ?? '';
    const meant = this.#index.put(object, version);
    if (meant !== 'same') {
      changed({ type: meant, ...at });
    }
  }

  /** What a failure means for the state. @returns how long to wait, in ms */
  #failed(error: unknown): number {
    const { counters, watched } = this.#options;
    if (this.#abort.signal.aborted) {
      return 0;
    }
    const { status, options } =
      error instanceof ClusterError ? error : new ClusterError(0, '');
    const { message } = error as Error;
    const label = status ? String(status) : 'connection';
    counters.errors[label] = (counters.errors[label] ?? 0) + 1;
    switch (status) {
      case 401:
        return this.#refused('unauthorized', message);
      case 403:
        return this.#refused('forbidden', message);
      case 404:
        if (watched.group !== '') {
          return this.#refused('not-installed', message);
        }
        break;
      case 410:
        counters.relists++;
        this.#expired++;
        return this.#expired > 1 ? this.#backoff(this.#expired - 1) : 0;
      default:
    }
    this.#failures++;
    // One connection that breaks is no news: the next attempt follows within a second or two.
    const isNews =
      status > 0 || this.#failures > 1 || error instanceof SilenceError;
    if (isNews || this.#health.status().state !== 'current') {
      this.#health.lost(message);
    }
    return options.retryAfterMs ?? this.#backoff(this.#failures);
  }

  /** What may not be read any more must not be shown any more. */
  #refused(refusal: Refusal, message: string): number {
    const { cluster, watched, changed, tuning } = this.#options;
    this.#health.refused(refusal, message);
    if (refusal === 'unauthorized') {
      return tuning.unauthorizedRecheckMs;
    }
    if (this.#index.replaceBy(new ObjectIndex())) {
      changed({ type: 'reset', cluster, kind: watched.kind });
    }
    return refusal === 'forbidden'
      ? tuning.forbiddenRecheckMs
      : tuning.rediscoverMs;
  }

  #backoff(attempt: number): number {
    const { minBackoffMs, maxBackoffMs } = this.#options.tuning;
    const full = Math.min(maxBackoffMs, minBackoffMs * 2 ** (attempt - 1));
    return Math.max(minBackoffMs, full * (0.5 + Math.random() / 2));
  }

  #malformed(what: string): void {
    const { counters, logger, cluster, watched } = this.#options;
    counters.malformed++;
    if (!this.#reported) {
      this.#reported = true;
      logger.warn(
        `${cluster}: ${watched.plural}: skipped what is no object: ${what}`,
      );
    }
  }
}

/** All else is over when the connection is: the next watch goes on from the same place. */
function needsList(error: unknown): boolean {
  if (error instanceof ClusterError) {
    return (
      error.options.inStream === true ||
      [401, 403, 404, 410].includes(error.status)
    );
  }
  return error instanceof SilenceError;
}
