// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import type { Cluster } from '../../clusters/types';
import { DefaultWatchCache } from '../DefaultWatchCache';
import type { ProjectedKind } from '../projections';
import type { WatchTuning } from '../WatchTuning';

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => unknown;

/** Short waits; long limits, because a machine may be slow. A test of a limit sets its own. */
const FAST: Partial<WatchTuning> = {
  minBackoffMs: 20,
  maxBackoffMs: 80,
  connectTimeoutMs: 20_000,
  listTimeoutMs: 20_000,
  inactivityMs: 20_000,
  rediscoverMs: 60,
  forbiddenRecheckMs: 60,
  unauthorizedRecheckMs: 60,
  pageSize: 2,
};

/** An API server that does what a test says, and the cache that watches it. */
export class FakeCluster {
  /** `LIST`, `LIST <continue>`, `WATCH` and `GET <path>` for discovery, in their order. */
  readonly requests: string[] = [];
  /** `authorization` headers, in their order. */
  readonly tokens: string[] = [];
  readonly logger = mockServices.logger.mock();
  readonly clusters: Cluster[] = [];
  handle: Handler = () => {};
  cache!: DefaultWatchCache;
  /** Tokens that were asked for with `fresh`. */
  renewals = 0;
  /** Given when the last one was refused; the same again when there is no other. */
  freshToken = 'second';
  tokenEndsAt?: Date;
  /** Where the cluster is said to be, of its port; the server itself when left out. */
  url = (port: number) => `http://127.0.0.1:${port}`;
  readonly #server: Server;
  readonly #followers = new Set<() => void>();
  #token = 'first';

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeCluster> {
    const server = createServer();
    const fake = new FakeCluster(server);
    server.on('request', (request, response) => {
      const url = new URL(request.url!, 'http://cluster');
      fake.requests.push(wordsOf(url));
      fake.tokens.push(String(request.headers.authorization));
      fake.handle(request, response, url);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  watch(
    kinds: ProjectedKind[] = ['Namespace'],
    tuning: Partial<WatchTuning> = {},
  ): void {
    this.clusters.push(this.#cluster('dev'));
    this.cache = DefaultWatchCache.create({
      registry: {
        list: () => [...this.clusters],
        get: name => this.clusters.find(each => each.name === name),
        subscribe: changed => {
          this.#followers.add(changed);
          return () => this.#followers.delete(changed);
        },
      },
      logger: this.logger,
      tuning: { ...FAST, ...tuning },
      kinds,
    });
  }

  /** The configuration names these clusters from now on. */
  configure(...names: string[]): void {
    const wanted = names.map(
      name =>
        this.clusters.find(each => each.name === name) ?? this.#cluster(name),
    );
    this.clusters.splice(0, Infinity, ...wanted);
    this.#followers.forEach(changed => changed());
  }

  /** All connections break. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    this.cache?.close();
    this.cut();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async names(): Promise<string> {
    const found = await this.cache.list('Namespace');
    return found
      .map(({ name }) => name)
      .sort()
      .join();
  }

  async state(kind: ProjectedKind = 'Namespace'): Promise<string> {
    return (await this.cache.status('dev', kind)).state;
  }

  async counters() {
    return (await this.cache.counters()).dev;
  }

  count(request: string): number {
    return this.requests.filter(each => each === request).length;
  }

  #cluster(name: string): Cluster {
    const { port } = this.#server.address() as AddressInfo;
    return {
      name,
      title: name,
      url: this.url(port),
      aliases: [],
      credentials: {
        getToken: async options => {
          if (options?.fresh) {
            this.renewals++;
            this.#token = this.freshToken;
          }
          return { token: this.#token, expiresAt: this.tokenEndsAt };
        },
      },
    };
  }
}

function wordsOf({ pathname, searchParams }: URL): string {
  if (searchParams.has('watch')) {
    return 'WATCH';
  }
  return searchParams.has('limit')
    ? `LIST ${searchParams.get('continue') ?? ''}`.trim()
    : `GET ${pathname}`;
}

/** A Namespace as the API server sends it. */
export function namespace(name: string, version: string, owner?: string) {
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      resourceVersion: version,
      creationTimestamp: '2026-11-01T00:00:00Z',
      ...(owner ? { annotations: { 'fairway.dev/owner': owner } } : {}),
    },
    status: { phase: 'Active' },
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

export function sendList(
  response: ServerResponse,
  items: unknown,
  options: { version?: string; next?: string } = {},
): void {
  sendJson(response, 200, {
    items,
    metadata: {
      resourceVersion: options.version ?? '10',
      ...(options.next ? { continue: options.next } : {}),
    },
  });
}

/** Accepts a watch and says nothing yet. */
export function openWatch(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  return response;
}

/** Waits for a condition; it has come true long before the end of its time. */
export async function until(
  condition: () => Promise<boolean> | boolean,
): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error('the condition did not come true in 20 s');
    }
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}
