// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ServerResponse } from 'node:http';
import type { Clock, Timer } from '../../clock';
import { apiVersionOf } from '../kinds/names';
import type { DefaultClusterStore } from '../store/DefaultClusterStore';
import type { KubeObject, ResourceKind, StoreEvent } from '../types';
import { commonHeaders } from './respond';
import type { Matcher } from './selectors';

export interface WatchQuery {
  kind: ResourceKind;
  namespace?: string;
  matches?: Matcher;
  /** Undefined or 0: what is there now comes first. */
  resourceVersion?: number;
  bookmarks: boolean;
  /** Undefined: objects come first when no version is given. */
  sendInitialEvents?: boolean;
  /** Real seconds. */
  timeoutSeconds?: number;
  /** Answers with 410 whatever the version is. */
  expired?: boolean;
}

const BOOKMARK_MS = 60_000;
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

interface Stream {
  query: WatchQuery;
  response: ServerResponse;
  /** Changes up to this version are not told. */
  after: number;
  end?: NodeJS.Timeout;
  /** What would have been written while the server hangs. */
  held?: string[];
}

/** The open watches of one cluster. */
export class WatchStreams {
  readonly #store: DefaultClusterStore;
  readonly #clock: Clock;
  readonly #onBytes: (bytes: number) => void;
  readonly #streams = new Set<Stream>();
  readonly #unsubscribe: Array<() => void>;
  #timer: Timer;
  #hanging = false;

  constructor(
    store: DefaultClusterStore,
    clock: Clock,
    onBytes: (bytes: number) => void,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#onBytes = onBytes;
    this.#unsubscribe = [
      store.subscribe(event => this.#publish(event)),
      store.subscribeKinds(() => this.#endUnserved()),
    ];
    this.#timer = this.#nextBookmark();
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Takes over the response and keeps it until the client, a timeout or a fault ends it. */
  open(query: WatchQuery, response: ServerResponse): void {
    const now = this.#store.resourceVersion();
    const from = query.resourceVersion;
    if (query.expired || (from && from < this.#store.oldestVersion())) {
      this.#head(response);
      response.end(
        expired(
          `too old resource version: ${from} (${this.#store.oldestVersion()})`,
        ),
      );
      return;
    }
    const stream: Stream = { query, response, after: from || now };
    const known = !from || query.sendInitialEvents;
    if (!from || from <= now) {
      this.#head(response);
      response.flushHeaders();
    }
    if (known && query.sendInitialEvents !== false) {
      this.#initial(stream);
      stream.after = now;
    } else if (from && from < now) {
      for (const { event } of this.#store.changesSince(from)) {
        this.#tell(stream, event);
      }
      stream.after = now;
    }
    const seconds = query.timeoutSeconds ?? 1800 + Math.random() * 1800;
    stream.end = setTimeout(() => this.#close(stream), seconds * 1000);
    stream.end.unref();
    this.#streams.add(stream);
    response.on('close', () => this.#forget(stream));
  }

  /** Ends all streams cleanly, as a server does that goes away. */
  dropAll(): void {
    for (const stream of [...this.#streams]) {
      this.#close(stream);
    }
  }

  /** Tears the connections without an end. */
  destroyAll(): void {
    for (const stream of [...this.#streams]) {
      stream.response.socket?.destroy();
      this.#forget(stream);
    }
  }

  /** Tells every stream that its version is gone, and ends it. */
  expireAll(): void {
    const version = this.#store.resourceVersion();
    for (const stream of [...this.#streams]) {
      this.#write(
        stream,
        expired(`too old resource version: ${stream.after} (${version})`),
      );
      this.#close(stream);
    }
  }

  /** While hanging nothing is written; afterwards everything comes. */
  setHanging(hanging: boolean): void {
    this.#hanging = hanging;
    if (!hanging) {
      for (const stream of this.#streams) {
        const held = stream.held?.join('') ?? '';
        stream.held = undefined;
        if (held) {
          this.#write(stream, held);
        }
      }
    }
  }

  stop(): void {
    this.#timer.cancel();
    for (const unsubscribe of this.#unsubscribe) {
      unsubscribe();
    }
    this.destroyAll();
  }

  #initial(stream: Stream): void {
    const { kind, namespace, matches } = stream.query;
    const objects = this.#store
      .list(apiVersionOf(kind), kind.kind, { namespace })
      .filter(object => !matches || matches(object));
    for (const object of objects) {
      this.#write(stream, line('ADDED', object));
    }
    if (stream.query.sendInitialEvents && stream.query.bookmarks) {
      this.#write(
        stream,
        this.#bookmark(kind, { [INITIAL_EVENTS_END]: 'true' }),
      );
    }
  }

  #publish(event: StoreEvent): void {
    for (const stream of this.#streams) {
      this.#tell(stream, event);
    }
  }

  #tell(stream: Stream, { kind, type, object, previous }: StoreEvent): void {
    const { query } = stream;
    if (
      kind.plural !== query.kind.plural ||
      kind.group !== query.kind.group ||
      (query.namespace !== undefined &&
        object.metadata.namespace !== query.namespace) ||
      Number(object.metadata.resourceVersion) <= stream.after
    ) {
      return;
    }
    const { matches } = query;
    if (!matches) {
      this.#write(stream, line(type, object));
      return;
    }
    const was = previous !== undefined && matches(previous);
    const is = type !== 'DELETED' && matches(object);
    if (is) {
      this.#write(stream, line(was ? 'MODIFIED' : 'ADDED', object));
    } else if (was) {
      this.#write(stream, line('DELETED', lastSeen(object, previous)));
    }
  }

  #bookmark(kind: ResourceKind, annotations?: Record<string, string>): string {
    return `${JSON.stringify({
      type: 'BOOKMARK',
      object: {
        kind: kind.kind,
        apiVersion: apiVersionOf(kind),
        metadata: {
          resourceVersion: String(this.#store.resourceVersion()),
          ...(annotations ? { annotations } : {}),
        },
      },
    })}\n`;
  }

  #nextBookmark(): Timer {
    return this.#clock.after(BOOKMARK_MS, () => {
      for (const stream of this.#streams) {
        if (
          stream.query.bookmarks &&
          stream.after <= this.#store.resourceVersion()
        ) {
          this.#write(stream, this.#bookmark(stream.query.kind));
        }
      }
      this.#timer = this.#nextBookmark();
    });
  }

  #endUnserved(): void {
    for (const stream of [...this.#streams]) {
      const { kind } = stream.query;
      if (!this.#store.kindOf(apiVersionOf(kind), kind.kind)) {
        this.#close(stream);
      }
    }
  }

  #head(response: ServerResponse): void {
    if (!response.headersSent) {
      commonHeaders(response);
      response.setHeader('Content-Type', 'application/json');
      response.statusCode = 200;
    }
  }

  #write(stream: Stream, text: string): void {
    if (this.#hanging) {
      stream.held = [...(stream.held ?? []), text];
      return;
    }
    this.#head(stream.response);
    stream.response.write(text);
    this.#onBytes(Buffer.byteLength(text));
  }

  #close(stream: Stream): void {
    this.#head(stream.response);
    stream.response.end();
    this.#forget(stream);
  }

  #forget(stream: Stream): void {
    clearTimeout(stream.end);
    this.#streams.delete(stream);
  }
}

/** What leaves a selection goes as it was in it, with the version of the change. */
function lastSeen(object: KubeObject, previous: KubeObject): KubeObject {
  const { resourceVersion } = object.metadata;
  return {
    ...previous,
    metadata: { ...previous.metadata, resourceVersion },
  };
}

const texts = new WeakMap<KubeObject, string>();

/** One event as a line; its object is put into text once for all streams. */
function line(type: string, object: KubeObject): string {
  let text = texts.get(object);
  if (text === undefined) {
    text = JSON.stringify(object);
    texts.set(object, text);
  }
  return `{"type":"${type}","object":${text}}\n`;
}

function expired(message: string): string {
  return `${JSON.stringify({
    type: 'ERROR',
    object: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason: 'Expired',
      code: 410,
    },
  })}\n`;
}
