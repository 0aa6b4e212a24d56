// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as wait } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceStatus } from '@fairway/plugin-delivery-common';
import { type ClusterClient, ClusterError } from './ClusterClient';
import { ObjectIndex } from './ObjectIndex';
import { projectObject, type WatchedKind } from './projection/watchedKinds';
import type { ProjectedObject } from './projections';
import { readEvents } from './readEvents';
import type { WatchChange, WatchCounters } from './types';
import type { WatchTuning } from './WatchTuning';

export interface ReflectorOptions {
  cluster: string;
  watched: WatchedKind;
  client: ClusterClient;
  tuning: WatchTuning;
  counters: WatchCounters;
  logger: LoggerService;
  changed(change: WatchChange): void;
}

type Outcome = 'closed' | 'expired';

/**
 * Keeps one kind of one cluster: paged list, then watch, for ever. What makes
 * the stock informers unsafe is handled here: an error never ends the loop, a
 * server that closes at once is not hammered, 410 costs exactly one list.
 *
 * Source: kubernetes.io/docs/reference/using-api/api-concepts, "Efficient
 * detection of changes" and "Retrieving large results sets in chunks".
 */
export class Reflector {
  readonly index = new ObjectIndex();
  readonly #options: ReflectorOptions;
  readonly #abort = new AbortController();
  #status: SourceStatus;
  #seenAt?: string;
  #failures = 0;
  #refreshed = false;
  #reported = false;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#status = {
      state: 'unreachable',
      reason: { code: 'source.starting', params: { cluster: options.cluster } },
    };
  }

  status(): SourceStatus {
    return this.#seenAt
      ? { ...this.#status, asOf: this.#seenAt }
      : this.#status;
  }

  close(): void {
    this.#abort.abort();
  }

  async run(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const pause = await this.#round().catch(error => this.#failed(error));
      await wait(pause, undefined, { signal: this.#abort.signal }).catch(
        () => {},
      );
    }
  }

  /** Discovery, list, and watches until something else than a clean close happens. @returns how long to wait */
  async #round(): Promise<number> {
    const { tuning } = this.#options;
    const base = await this.#discover();
    if (!base) {
      this.#forget('not-installed');
      return tuning.rediscoverMs;
    }
    let version = await this.#list(base);
    this.#set({ state: 'current' });
    this.#failures = 0;
    this.#refreshed = false;
    let short = 0;
    for (;;) {
      const began = Date.now();
      const watch = { version, events: 0 };
      const outcome = await this.#watchKeepingVersion(base, watch);
      version = watch.version;
      if (outcome === 'expired') {
        this.#options.counters.relists++;
        return short++ > 0 ? this.#backoff(short) : 0;
      }
      const lasted = Date.now() - began;
      short =
        watch.events === 0 && lasted < tuning.minBackoffMs ? short + 1 : 0;
      const pause =
        short > 0
          ? this.#backoff(short)
          : Math.max(0, tuning.minBackoffMs - lasted);
      await wait(pause, undefined, { signal: this.#abort.signal });
    }
  }

  /** A watch that fails to open keeps its place: only 410 costs a new list. */
  async #watchKeepingVersion(
    base: string,
    watch: { version: string; events: number },
  ): Promise<Outcome> {
    for (;;) {
      try {
        return await this.#watch(base, watch);
      } catch (error) {
        if (error instanceof ClusterError && error.status === 410) {
          return 'expired';
        }
        if (
          error instanceof ClusterError &&
          [401, 403, 404].includes(error.status)
        ) {
          throw error;
        }
        const pause = this.#failed(error);
        await wait(pause, undefined, { signal: this.#abort.signal });
      }
    }
  }

  async #discover(): Promise<string | undefined> {
    const { client, watched, tuning } = this.#options;
    if (watched.group === '') {
      return `/api/${watched.versions[0]}/${watched.plural}`;
    }
    try {
      const group = (await client.getJson({
        path: `/apis/${watched.group}`,
        signal: this.#abort.signal,
        timeoutMs: tuning.connectTimeoutMs,
      })) as { versions?: Array<{ version?: string }> };
      const served = (group.versions ?? []).map(({ version }) => version);
      const version = watched.versions.find(known => served.includes(known));
      return version && `/apis/${watched.group}/${version}/${watched.plural}`;
    } catch (error) {
      if (error instanceof ClusterError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async #list(base: string): Promise<string> {
    const { client, counters, tuning, cluster, watched } = this.#options;
    const next = new ObjectIndex();
    let token: string | undefined;
    let version = '';
    counters.lists++;
    do {
      const query = new URLSearchParams({ limit: String(tuning.pageSize) });
      if (token) {
        query.set('continue', token);
      }
      const page = (await client.getJson({
        path: `${base}?${query}`,
        signal: this.#abort.signal,
        timeoutMs: tuning.listTimeoutMs,
      })) as {
        items?: unknown;
        metadata?: { resourceVersion?: string; continue?: string };
      };
      counters.pages++;
      for (const raw of Array.isArray(page.items) ? page.items : []) {
        const object = projectObject(watched, cluster, raw);
        if (object) {
          next.put(object);
        } else {
          this.#malformed('an item without name or uid');
        }
      }
      token = page.metadata?.continue || undefined;
      version = page.metadata?.resourceVersion ?? version;
    } while (token);
    if (!version) {
      throw new ClusterError(200, 'a list without resourceVersion');
    }
    this.index.replaceBy(next);
    this.#seen();
    this.#options.changed({ type: 'reset', cluster, kind: watched.kind });
    return version;
  }

  async #watch(
    base: string,
    watch: { version: string; events: number },
  ): Promise<Outcome> {
    const { client, counters, tuning } = this.#options;
    const query = new URLSearchParams({
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: watch.version,
      timeoutSeconds: String(tuning.watchSeconds),
    });
    counters.watches++;
    const body = await client.open({
      path: `${base}?${query}`,
      signal: this.#abort.signal,
      timeoutMs: tuning.connectTimeoutMs,
    });
    this.#set({ state: 'current' });
    this.#seen();
    let timer = this.#inactivity(body);
    try {
      for await (const { type, object } of readEvents(body, line =>
        this.#malformed(line),
      )) {
        clearTimeout(timer);
        timer = this.#inactivity(body);
        if (type === 'ERROR') {
          throw new ClusterError(
            Number(object.code) || 0,
            String(object.message ?? ''),
          );
        }
        this.#failures = 0;
        this.#refreshed = false;
        watch.events++;
        this.#seen();
        const metadata = object.metadata as
          | { resourceVersion?: unknown }
          | undefined;
        if (type === 'BOOKMARK') {
          counters.bookmarks++;
        } else {
          counters.events++;
          this.#take(type, object);
        }
        if (typeof metadata?.resourceVersion === 'string') {
          watch.version = metadata.resourceVersion;
        }
      }
    } finally {
      clearTimeout(timer);
      body.destroy();
    }
    return 'closed';
  }

  #inactivity(body: { destroy(error: Error): void }): NodeJS.Timeout {
    const { inactivityMs } = this.#options.tuning;
    return setTimeout(
      () => body.destroy(new Error(`nothing was heard for ${inactivityMs} ms`)),
      inactivityMs,
    );
  }

  #take(type: string, raw: unknown): void {
    const { cluster, watched, changed } = this.#options;
    const object = projectObject(watched, cluster, raw) as
      | ProjectedObject
      | undefined;
    if (!object) {
      this.#malformed('an event without name or uid');
      return;
    }
    const { namespace, name } = object;
    const known = this.index.get(namespace, name);
    if (type === 'DELETED') {
      if (known && known.uid === object.uid) {
        this.index.delete(namespace, name);
        changed({
          type: 'deleted',
          cluster,
          kind: watched.kind,
          namespace,
          name,
        });
      }
      return;
    }
    this.index.put(object);
    changed({
      type: known ? 'modified' : 'added',
      cluster,
      kind: watched.kind,
      namespace,
      name,
    });
  }

  /** What a failure means for the state, and how long to wait. */
  #failed(error: unknown): number {
    const { cluster, watched, counters, tuning, client, logger } =
      this.#options;
    if (this.#abort.signal.aborted) {
      return 0;
    }
    const status = error instanceof ClusterError ? error.status : 0;
    const label = status ? String(status) : 'connection';
    counters.errors[label] = (counters.errors[label] ?? 0) + 1;
    const params = {
      cluster,
      kind: watched.kind,
      message: String((error as Error).message),
    };
    this.#failures++;
    if (this.#failures === 3) {
      logger.warn(
        `${cluster}: cannot watch ${watched.plural}: ${params.message}`,
      );
    }
    switch (status) {
      case 401:
        if (!this.#refreshed) {
          this.#refreshed = true;
          client.refreshToken().catch(() => {});
          return tuning.minBackoffMs / 4;
        }
        this.#set({
          state: 'unauthorized',
          reason: { code: 'source.unauthorized', params },
        });
        return tuning.forbiddenRecheckMs / 5;
      case 403:
        this.#forget('forbidden');
        return tuning.forbiddenRecheckMs;
      case 404:
        this.#forget('not-installed');
        return tuning.rediscoverMs;
      case 410:
        counters.relists++;
        return this.#failures > 1 ? this.#backoff(this.#failures) : 0;
      default: {
        this.#set({
          state: this.#seenAt ? 'stale' : 'unreachable',
          reason: { code: 'source.unreachable', params },
        });
        const asked =
          error instanceof ClusterError ? error.retryAfterMs : undefined;
        return asked ?? this.#backoff(this.#failures);
      }
    }
  }

  /** What may not be read any more must not be shown any more. */
  #forget(state: 'forbidden' | 'not-installed'): void {
    const { cluster, watched, changed } = this.#options;
    const params = { cluster, kind: watched.kind };
    this.index.replaceBy(new ObjectIndex());
    this.#seenAt = undefined;
    this.#set({ state, reason: { code: `source.${state}`, params } });
    changed({ type: 'reset', cluster, kind: watched.kind });
  }

  #backoff(attempt: number): number {
    const { minBackoffMs, maxBackoffMs } = this.#options.tuning;
    const full = Math.min(maxBackoffMs, minBackoffMs * 2 ** (attempt - 1));
    return Math.max(minBackoffMs, full * (0.5 + Math.random() / 2));
  }

  #set(status: SourceStatus): void {
    const isNew = status.state !== this.#status.state;
    this.#status = status;
    if (isNew) {
      this.#options.changed({ type: 'status', cluster: this.#options.cluster });
    }
  }

  #seen(): void {
    this.#seenAt = new Date().toISOString();
  }

  #malformed(line: string): void {
    const { counters, logger, cluster, watched } = this.#options;
    counters.malformed++;
    if (!this.#reported) {
      this.#reported = true;
      logger.warn(
        `${cluster}: ${watched.plural}: skipped what is no object: ${line}`,
      );
    }
  }
}
