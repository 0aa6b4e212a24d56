// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import { ApiError } from '../ApiError';
import { apiVersionOf } from '../kinds/names';
import type { DefaultClusterStore } from '../store/DefaultClusterStore';
import { notFound } from '../store/errors';
import { scaleOf } from '../store/scale';
import type { Json } from '../store/fieldSets';
import type {
  KubeObject,
  PatchType,
  ResourceKind,
  WriteOptions,
} from '../types';
import { asTable } from './asTable';
import { conditional, withoutVersion } from './checkVersion';
import { listObjects, sentList } from './listObjects';
import { LogStreams } from './LogStreams';
import { invalidOptions } from './optionErrors';
import { dryRunCauses, parseDeleteOptions } from './parseDeleteOptions';
import { type ListOptionsInput, parseListOptions } from './parseListOptions';
import type { ResourcePath } from './RequestPath';
import { readBody, sendJson } from './respond';
import { both, fieldMatcher, labelMatcher, type Matcher } from './selectors';
import type { WatchStreams } from './WatchStreams';

const PATCHES: Record<string, PatchType | 'apply'> = {
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
  'application/apply-patch+cbor': 'apply',
};

/** What the options of a write are called in messages. */
const OPTIONS: Record<string, string> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
};

export interface HandlerState {
  /** Old versions and continue tokens answer 410. */
  expired: boolean;
}

/** Serves one request for a resource, after authentication and authorization. */
export class ResourceHandler {
  readonly #logs: LogStreams;

  constructor(
    private readonly store: DefaultClusterStore,
    private readonly clock: Clock,
    private readonly streams: WatchStreams,
  ) {
    this.#logs = new LogStreams(store, clock);
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: ResourcePath,
    query: URLSearchParams,
    state: HandlerState,
  ): Promise<number> {
    const write = writeOptions(request, path, query);
    switch (request.method) {
      case 'GET':
        return this.#read(request, response, path, query, state);
      case 'POST':
        return sendJson(
          request,
          response,
          201,
          this.store.create(
            withoutVersion(await this.#object(request, path)),
            write,
          ),
        );
      case 'PUT':
        return sendJson(
          request,
          response,
          200,
          this.store.update(
            conditional(path.kind, await this.#object(request, path)),
            write,
          ),
        );
      case 'PATCH':
        return this.#patch(request, response, path, query, write);
      case 'DELETE':
        return this.#delete(request, response, path, query);
      default:
        throw new ApiError(
          405,
          'MethodNotAllowed',
          'the server does not allow this method on the requested resource',
        );
    }
  }

  async #read(
    request: IncomingMessage,
    response: ServerResponse,
    path: ResourcePath,
    query: URLSearchParams,
    state: HandlerState,
  ): Promise<number> {
    const { kind, name } = path;
    if (!name) {
      const options = parseListOptions(query);
      const matches = matcherOf(kind, query);
      if (options.watch) {
        this.#watch(response, path, options, matches, state);
        return 0;
      }
      const answer = listObjects(this.store, kind, {
        ...options,
        namespace: path.namespace,
        matches,
        expired: state.expired,
      });
      return wantsTable(request)
        ? sendJson(
            request,
            response,
            200,
            asTable(kind.kind, answer.items, answer.metadata, this.clock.now()),
          )
        : sendJson(request, response, 200, sentList(kind, answer));
    }
    const object = this.#existing(path);
    if (path.subresource === 'log') {
      return this.#logs.send(response, object, query);
    }
    if (path.subresource === 'scale') {
      return sendJson(request, response, 200, scaleOf(object));
    }
    return wantsTable(request)
      ? sendJson(
          request,
          response,
          200,
          asTable(kind.kind, [object], {}, this.clock.now()),
        )
      : sendJson(request, response, 200, object);
  }

  #existing({ kind, namespace, name }: ResourcePath): KubeObject {
    const object = this.store.get({
      apiVersion: apiVersionOf(kind),
      kind: kind.kind,
      namespace,
      name: name!,
    });
    if (!object) {
      throw notFound(kind, name!);
    }
    return object;
  }

  #watch(
    response: ServerResponse,
    { kind, namespace }: ResourcePath,
    options: ListOptionsInput,
    matches: Matcher | undefined,
    state: HandlerState,
  ): void {
    const version = options.resourceVersion || undefined;
    this.streams.open(
      {
        kind,
        namespace,
        matches,
        resourceVersion: version,
        bookmarks: options.allowWatchBookmarks,
        sendInitialEvents: options.sendInitialEvents,
        timeoutSeconds: options.timeoutSeconds,
        expired: state.expired && version !== undefined,
      },
      response,
    );
  }

  async #object(
    request: IncomingMessage,
    { kind, namespace, name }: ResourcePath,
  ): Promise<KubeObject> {
    const body = (await readBody(request)) as Json;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new ApiError(
        400,
        'BadRequest',
        'the request body is not an object',
      );
    }
    const given = body.metadata?.namespace;
    if (namespace && given && given !== namespace) {
      throw new ApiError(
        400,
        'BadRequest',
        'the namespace of the provided object does not match the namespace sent on the request',
      );
    }
    return {
      ...body,
      apiVersion: apiVersionOf(kind),
      kind: kind.kind,
      metadata: {
        ...body.metadata,
        ...(namespace ? { namespace } : {}),
        ...(name ? { name } : {}),
      },
    };
  }

  async #patch(
    request: IncomingMessage,
    response: ServerResponse,
    path: ResourcePath,
    query: URLSearchParams,
    write: WriteOptions,
  ): Promise<number> {
    const media = String(request.headers['content-type'] ?? '').split(';')[0];
    const type = PATCHES[media.trim()];
    if (!type) {
      throw new ApiError(
        415,
        'UnsupportedMediaType',
        `the body of the request was in an unknown format - accepted media types include: ${Object.keys(
          PATCHES,
        ).join(', ')}`,
      );
    }
    if (type === 'apply') {
      if (!query.get('fieldManager')) {
        throw new ApiError(
          422,
          'Invalid',
          'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
        );
      }
      const created = !this.store.get({
        apiVersion: apiVersionOf(path.kind),
        kind: path.kind.kind,
        namespace: path.namespace,
        name: path.name!,
      });
      return sendJson(
        request,
        response,
        created ? 201 : 200,
        this.store.apply(await this.#object(request, path), {
          ...write,
          force: query.get('force') === 'true',
        }),
      );
    }
    const { kind, namespace, name } = path;
    const result = this.store.patch(
      {
        apiVersion: apiVersionOf(kind),
        kind: kind.kind,
        namespace,
        name: name!,
      },
      type,
      await readBody(request),
      write,
    );
    return sendJson(
      request,
      response,
      200,
      path.subresource === 'scale' ? scaleOf(result) : result,
    );
  }

  async #delete(
    request: IncomingMessage,
    response: ServerResponse,
    path: ResourcePath,
    query: URLSearchParams,
  ): Promise<number> {
    const { kind, namespace } = path;
    const body = (await readBody(request)) as Json;
    const options = parseDeleteOptions(body, query);
    const ref = (metadata: { name: string; namespace?: string }) => ({
      apiVersion: apiVersionOf(kind),
      kind: kind.kind,
      namespace: metadata.namespace,
      name: metadata.name,
    });
    if (!path.name) {
      const found = listObjects(this.store, kind, {
        ...parseListOptions(query),
        namespace,
        matches: matcherOf(kind, query),
        expired: false,
      });
      for (const { metadata } of found.items) {
        // One may have gone with its owner in the meantime.
        if (this.store.get(ref(metadata))) {
          this.store.delete(ref(metadata), options);
        }
      }
      return sendJson(request, response, 200, sentList(kind, found));
    }
    const object = this.#existing(path);
    const left = this.store.delete(ref(object.metadata), options);
    return sendJson(
      request,
      response,
      200,
      left ?? {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: {
          name: path.name,
          ...(kind.group ? { group: kind.group } : {}),
          kind: kind.plural,
          uid: object.metadata.uid,
        },
      },
    );
  }
}

function matcherOf(
  kind: ResourceKind,
  query: URLSearchParams,
): Matcher | undefined {
  return both(
    labelMatcher(query.get('labelSelector')),
    fieldMatcher(query.get('fieldSelector'), kind.kind),
  );
}

function wantsTable(request: IncomingMessage): boolean {
  return /as=Table/.test(String(request.headers.accept ?? ''));
}

function writeOptions(
  request: IncomingMessage,
  { subresource }: ResourcePath,
  query: URLSearchParams,
): WriteOptions {
  const causes = dryRunCauses(query.getAll('dryRun'));
  if (causes.length > 0 && request.method !== 'DELETE') {
    throw invalidOptions(OPTIONS[request.method ?? ''] ?? 'Options', causes);
  }
  const agent = String(request.headers['user-agent'] ?? '').split('/')[0];
  return {
    manager: query.get('fieldManager') || agent || 'unknown',
    ...(subresource === 'status' || subresource === 'scale'
      ? { subresource }
      : {}),
    dryRun: query.get('dryRun') === 'All',
  };
}
