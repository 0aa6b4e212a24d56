// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import { apiVersionOf, isCustom } from '../kinds/names';
import type { DefaultClusterStore } from '../store/DefaultClusterStore';
import { placeOf } from '../store/ObjectTable';
import type { KubeObject, ResourceKind } from '../types';
import type { Matcher } from './selectors';

export interface ListQuery {
  namespace?: string;
  matches?: Matcher;
  limit: number;
  continue?: string;
  resourceVersion?: number;
  resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  /** Answers every continue token and every exact version with 410. */
  expired: boolean;
}

export interface ListAnswer {
  apiVersion: string;
  kind: string;
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
  items: KubeObject[];
}

interface Token {
  v: 'meta.k8s.io/v1';
  /** -1: go on with what is there now. */
  rv: number;
  start: string;
}

function encode(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function decode(text: string): Token {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Number.isInteger(token.rv) && typeof token.start === 'string') {
      return token;
    }
  } catch {
    // Told below, in the server's words.
  }
  throw new ApiError(
    400,
    'BadRequest',
    'continue key is not valid: illegal base64 data at input byte 0',
  );
}

const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** A 410 whose metadata carries the token to go on with. */
export class ExpiredContinue extends ApiError {
  readonly #continue: string;

  constructor(start: string) {
    super(410, 'Expired', TOO_OLD);
    this.#continue = encode({ v: 'meta.k8s.io/v1', rv: -1, start });
  }

  override toStatus(): Record<string, unknown> {
    return { ...super.toStatus(), metadata: { continue: this.#continue } };
  }
}

/**
 * One page of a LIST. Pages of one list come from the same moment: later
 * changes are undone as long as they are remembered.
 *
 * @throws ApiError 410 for a moment that is forgotten
 */
export function listObjects(
  store: DefaultClusterStore,
  kind: ResourceKind,
  query: ListQuery,
): ListAnswer {
  const token = query.continue ? decode(query.continue) : undefined;
  let version = store.resourceVersion();
  if (query.resourceVersion && query.resourceVersion > version) {
    throw tooLarge(query.resourceVersion, version);
  }
  if (token && token.rv !== -1) {
    if (query.expired || token.rv < store.oldestVersion()) {
      throw new ExpiredContinue(token.start);
    }
    version = token.rv;
  } else if (query.resourceVersionMatch === 'Exact') {
    version = query.resourceVersion!;
    if (query.expired || version < store.oldestVersion()) {
      throw new ApiError(
        410,
        'Expired',
        'The resourceVersion for the provided list is too old.',
      );
    }
  }
  const all =
    version === store.resourceVersion()
      ? store.list(apiVersionOf(kind), kind.kind, {
          namespace: query.namespace,
        })
      : store.listAt(kind, version, query.namespace);
  const ordered = all
    .filter(object => !query.matches || query.matches(object))
    .map(object => ({ place: placeOf(object), object }))
    .filter(({ place }) => !token || place > token.start)
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const page = query.limit > 0 ? ordered.slice(0, query.limit) : ordered;
  const left = ordered.length - page.length;
  return {
    kind: `${kind.kind}List`,
    apiVersion: apiVersionOf(kind),
    metadata: {
      resourceVersion: String(version),
      ...(left > 0
        ? {
            continue: encode({
              v: 'meta.k8s.io/v1',
              rv: version,
              start: page[page.length - 1].place,
            }),
            // With a selector the server does not know how many are left.
            ...(query.matches ? {} : { remainingItemCount: left }),
          }
        : {}),
    },
    items: page.map(({ object }) => object),
  };
}

/** A list as it is sent: items of built-in kinds do not repeat their kind, custom resources do. */
export function sentList(kind: ResourceKind, list: ListAnswer): unknown {
  return isCustom(kind)
    ? list
    : {
        ...list,
        items: list.items.map(({ apiVersion, kind: name, ...rest }) => rest),
      };
}

/** A version that is still to come: the server waits for it, in vain, and says when to ask again. */
function tooLarge(wanted: number, current: number): ApiError {
  return new ApiError(
    504,
    'Timeout',
    `Too large resource version: ${wanted}, current: ${current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}
