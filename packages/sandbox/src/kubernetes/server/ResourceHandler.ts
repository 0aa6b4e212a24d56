// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock';
import { ApiError } from '../ApiError';
import { apiVersionOf, resourceName } from '../kinds/names';
import type { DefaultClusterStore } from '../store/DefaultClusterStore';
import { notFound } from '../store/errors';
import { scaleOf } from '../store/scale';
import type { Json } from '../store/fieldSets';
import type { KubeObject, PatchType, WriteOptions } from '../types';
import { asTable } from './asTable';
import { type ListQuery, listObjects } from './listObjects';
import { LogStreams } from './LogStreams';
import type { ResourcePath } from './RequestPath';
import { readBody, sendJson } from './respond';
import { both, fieldMatcher, labelMatcher } from './selectors';
import type { WatchStreams } from './WatchStreams';

const PATCHES: Record<string, PatchType | 'apply'> = {
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
  'application/apply-patch+cbor': 'apply',
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
          this.store.create(await this.#object(request, path), write),
        );
      case 'PUT':
        return sendJson(
          request,
          response,
          200,
          this.store.update(await this.#object(request, path), write),
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
      const list = this.#listQuery(path, query, state);
      if (['1', 'true'].includes(query.get('watch') ?? '')) {
        this.#watch(response, path, query, list, state);
        return 0;
      }
      const answer = listObjects(this.store, kind, list);
      return wantsTable(request)
        ? sendJson(
            request,
            response,
            200,
            asTable(kind.kind, answer.items, answer.metadata, this.clock.now()),
          )
        : sendJson(request, response, 200, answer);
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

  #listQuery(
    { kind, namespace }: ResourcePath,
    query: URLSearchParams,
    state: HandlerState,
  ): ListQuery {
    return {
      namespace,
      matches: both(
        labelMatcher(query.get('labelSelector')),
        fieldMatcher(query.get('fieldSelector'), kind.kind),
      ),
      limit: Number(query.get('limit') ?? 0),
      continue: query.get('continue'),
      resourceVersion: query.get('resourceVersion'),
      resourceVersionMatch: query.get('resourceVersionMatch'),
      expired: state.expired,
    };
  }

  #watch(
    response: ServerResponse,
    { kind, namespace }: ResourcePath,
    query: URLSearchParams,
    list: ListQuery,
    state: HandlerState,
  ): void {
    const version = Number(query.get('resourceVersion') ?? 0);
    const timeout = Number(query.get('timeoutSeconds') ?? 0);
    if (!Number.isInteger(version) || version < 0) {
      throw new ApiError(
        400,
        'BadRequest',
        `invalid resource version: "${query.get('resourceVersion')}"`,
      );
    }
    this.streams.open(
      {
        kind,
        namespace,
        matches: list.matches,
        resourceVersion: version || undefined,
        bookmarks: ['1', 'true'].includes(
          query.get('allowWatchBookmarks') ?? '',
        ),
        sendInitialEvents: query.has('sendInitialEvents')
          ? query.get('sendInitialEvents') === 'true'
          : undefined,
        timeoutSeconds: timeout || undefined,
        expired: state.expired && version > 0,
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
    const body = ((await readBody(request)) ?? {}) as Json;
    const grace = body.gracePeriodSeconds ?? query.get('gracePeriodSeconds');
    const options = {
      propagationPolicy:
        body.propagationPolicy ?? query.get('propagationPolicy') ?? undefined,
      ...(grace === null || grace === undefined
        ? {}
        : { gracePeriodSeconds: Number(grace) }),
    };
    const dryRun =
      query.get('dryRun') === 'All' || body.dryRun?.includes('All');
    const remove = (name: string) =>
      dryRun
        ? undefined
        : this.store.delete(
            {
              apiVersion: apiVersionOf(kind),
              kind: kind.kind,
              namespace,
              name,
            },
            options,
          );
    if (!path.name) {
      const found = listObjects(
        this.store,
        kind,
        this.#listQuery(path, query, { expired: false }),
      );
      for (const { metadata } of found.items) {
        this.store.delete(
          {
            apiVersion: apiVersionOf(kind),
            kind: kind.kind,
            namespace: metadata.namespace,
            name: metadata.name,
          },
          options,
        );
      }
      return sendJson(request, response, 200, found);
    }
    const object = this.#existing(path);
    const wanted = body.preconditions?.uid;
    if (wanted && wanted !== object.metadata.uid) {
      throw new ApiError(
        409,
        'Conflict',
        `Operation cannot be fulfilled on ${resourceName(kind)} "${
          path.name
        }": the UID in the precondition (${wanted}) does not match the UID in record (${
          object.metadata.uid
        }). The object might have been deleted and then recreated`,
      );
    }
    const left = remove(path.name);
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

function wantsTable(request: IncomingMessage): boolean {
  return /as=Table/.test(String(request.headers.accept ?? ''));
}

function writeOptions(
  request: IncomingMessage,
  { subresource }: ResourcePath,
  query: URLSearchParams,
): WriteOptions {
  const agent = String(request.headers['user-agent'] ?? '').split('/')[0];
  return {
    manager: query.get('fieldManager') || agent || 'unknown',
    ...(subresource === 'status' || subresource === 'scale'
      ? { subresource }
      : {}),
    dryRun: query.get('dryRun') === 'All',
  };
}
