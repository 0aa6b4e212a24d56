// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../clock';
import type { Fault, Faults } from '../../faults';
import { ApiError } from '../ApiError';
import type { DefaultClusterStore } from '../store/DefaultClusterStore';
import { AccessTable, forbidden, type Subject } from './AccessTable';
import { discover, VERSION } from './discovery';
import { parseResourcePath, type ResourcePath } from './RequestPath';
import { ResourceHandler } from './ResourceHandler';
import {
  faultError,
  readBody,
  sendJson,
  sendPageNotFound,
  sendText,
} from './respond';
import { Restart } from './Restart';
import { selfReview } from './selfReviews';
import { WatchStreams } from './WatchStreams';

export interface ApiServerOptions {
  store: DefaultClusterStore;
  clock: Clock;
  faults: Faults;
  /** 0 takes any free port. */
  port: number;
  access?: AccessTable;
  /** Real milliseconds that every answer waits, for measurements. */
  latencyMs?: number;
}

/** What was asked of a cluster since it started. */
export interface RequestCounters {
  requests: number;
  /** Requests by `<verb> <plural>`. */
  byVerb: Record<string, number>;
  bytes: number;
  openWatches: number;
}

/** Faults under which a server has no open connections. */
const ENDS_STREAMS = ['401', '403', '429', '500', '503', 'drop-watches'];

/** One cluster's API on loopback, plain http with bearer tokens. */
export class KubernetesApiServer {
  readonly #options: ApiServerOptions;
  readonly #system: string;
  readonly #access: AccessTable;
  readonly #streams: WatchStreams;
  readonly #handler: ResourceHandler;
  readonly #server: Server;
  readonly #unsubscribe: () => void;
  readonly #byVerb = new Map<string, number>();
  #restart: Restart | undefined;
  #requests = 0;
  #bytes = 0;

  private constructor(options: ApiServerOptions) {
    const { store, clock, faults } = options;
    this.#options = options;
    this.#system = `cluster/${store.name}`;
    this.#access = options.access ?? new AccessTable();
    this.#streams = new WatchStreams(store, clock, bytes => {
      this.#bytes += bytes;
    });
    this.#handler = new ResourceHandler(store, clock, this.#streams);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(error =>
        this.#fail(request, response, error),
      );
    });
    this.#server.keepAliveTimeout = 60_000;
    this.#unsubscribe = faults.subscribe((fault, system) => {
      if (system === this.#system) {
        this.#feel(fault);
      }
    });
    this.#feel(faults.get(this.#system));
  }

  /** Starts to listen on 127.0.0.1. */
  static async start(options: ApiServerOptions): Promise<KubernetesApiServer> {
    const server = new KubernetesApiServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(options.port, '127.0.0.1', resolve);
    });
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  counters(): RequestCounters {
    return {
      requests: this.#requests,
      byVerb: Object.fromEntries(this.#byVerb),
      bytes: this.#bytes,
      openWatches: this.#streams.size,
    };
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#restart?.cancel();
    this.#streams.stop();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  /** Ends or stills what is open when a fault starts or ends. */
  #feel(fault: Fault | undefined): void {
    this.#streams.setHanging(fault?.kind === 'hang');
    this.#restart?.cancel();
    this.#restart = undefined;
    if (fault?.kind === 'restart') {
      const { clock, faults, store } = this.#options;
      this.#restart = new Restart(clock, {
        awayMs: fault.delayMs,
        onBack: () => store.forgetPast(),
        onEnd: () => faults.clear(this.#system),
      });
    }
    if (fault?.kind === 'down' || fault?.kind === 'restart') {
      this.#streams.destroyAll();
      this.#server.closeAllConnections();
    } else if (fault?.kind === 'expire-resource-versions') {
      this.#streams.expireAll();
    } else if (fault && ENDS_STREAMS.includes(fault.kind)) {
      this.#streams.dropAll();
    }
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.#requests += 1;
    const { faults, store, clock, latencyMs } = this.#options;
    const url = new URL(request.url ?? '/', 'http://cluster');
    const path = parseResourcePath(url.pathname, store.kinds());
    this.#count(verbOf(request, path, url.searchParams), path, url.pathname);
    if (latencyMs) {
      await new Promise(resolve => {
        setTimeout(resolve, latencyMs);
      });
    }
    const dealtWith = await faults.intercept(
      this.#system,
      request,
      response,
      status => void this.#fail(request, response, faultError(status)),
    );
    if (dealtWith) {
      return;
    }
    if (this.#restart?.isAway) {
      request.socket.destroy();
      return;
    }
    if (['/healthz', '/livez', '/readyz'].includes(url.pathname)) {
      sendText(response, 200, 'ok');
      return;
    }
    const subject = this.#access.subjectOf(request.headers.authorization);
    if (!subject) {
      throw new ApiError(401, 'Unauthorized', 'Unauthorized');
    }
    this.#restart?.check(path?.kind);
    if (path) {
      this.#authorize(subject, request, path, url.searchParams);
      const fault = faults.get(this.#system)?.kind;
      this.#bytes += await this.#handler.handle(
        request,
        response,
        path,
        url.searchParams,
        { expired: fault === 'expire-resource-versions' },
      );
      if (fault === 'drop-watches') {
        this.#streams.dropAll();
      }
      return;
    }
    if (request.method === 'POST') {
      const review = selfReview(
        url.pathname,
        subject,
        this.#access,
        await readBody(request),
        clock.now(),
      );
      if (review) {
        this.#bytes += await sendJson(request, response, 201, review);
        return;
      }
    }
    await this.#discovery(request, response, url.pathname);
  }

  async #discovery(
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
  ): Promise<void> {
    const { store } = this.#options;
    if (pathname === '/version' || pathname === '/version/') {
      this.#bytes += await sendJson(request, response, 200, VERSION);
      return;
    }
    const parts = pathname.split('/').filter(Boolean);
    const depth = parts[0] === 'api' ? 2 : 3;
    const answer =
      ['api', 'apis'].includes(parts[0]) && parts.length <= depth
        ? discover(
            `/${parts.join('/')}`,
            String(request.headers.accept ?? ''),
            store.kinds(),
          )
        : undefined;
    if (!answer) {
      sendPageNotFound(response);
      return;
    }
    this.#bytes += await sendJson(
      request,
      response,
      200,
      answer.body,
      answer.contentType,
    );
  }

  #authorize(
    subject: Subject,
    request: IncomingMessage,
    path: ResourcePath,
    query: URLSearchParams,
  ): void {
    const access = {
      verb: verbOf(request, path, query),
      group: path.kind.group,
      resource: path.kind.plural,
      subresource: path.subresource,
      namespace: path.namespace,
      name: path.name,
    };
    if (!this.#access.allows(subject, access)) {
      throw forbidden(subject, path.kind, access);
    }
  }

  #count(verb: string, path: ResourcePath | undefined, pathname: string): void {
    const key = `${verb} ${path ? path.kind.plural : pathname}`;
    this.#byVerb.set(key, (this.#byVerb.get(key) ?? 0) + 1);
  }

  async #fail(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
  ): Promise<void> {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    const known =
      error instanceof ApiError
        ? error
        : new ApiError(
            500,
            'InternalError',
            `Internal error occurred: ${(error as Error).message}`,
          );
    const retryAfter = known.details?.retryAfterSeconds;
    if (retryAfter !== undefined) {
      response.setHeader('Retry-After', String(retryAfter));
    }
    if (known.code === 403) {
      response.setHeader('X-Content-Type-Options', 'nosniff');
    }
    this.#bytes += await sendJson(
      request,
      response,
      known.code,
      known.toStatus(),
    );
  }
}

function verbOf(
  request: IncomingMessage,
  path: ResourcePath | undefined,
  query: URLSearchParams,
): string {
  switch (request.method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return path?.name ? 'delete' : 'deletecollection';
    default:
      if (!path || path.name) {
        return 'get';
      }
      return ['1', 'true'].includes(query.get('watch') ?? '')
        ? 'watch'
        : 'list';
  }
}
