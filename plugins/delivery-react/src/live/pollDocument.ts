// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { NotFoundError, ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';

export interface PollDocumentOptions {
  fetchApi: FetchApi;
  url: string;
  /** The version that is known; sent so that an unchanged document costs nothing. */
  etag?: string;
  signal?: AbortSignal;
}

/** `undefined` data means: unchanged since `etag`. */
export type PolledDocument =
  | { changed: true; data: unknown; etag?: string }
  | { changed: false };

const TIMEOUT_MS = 15_000;

/**
 * Asks once for a document.
 *
 * @throws NotFoundError when it does not exist or the reader may not see it
 * @throws AuthenticationError when the session has ended
 */
export async function pollDocument(
  options: PollDocumentOptions,
): Promise<PolledDocument> {
  const { fetchApi, url, etag, signal } = options;
  const timeout = new AbortController();
  const stop = () => timeout.abort(signal?.reason);
  signal?.addEventListener('abort', stop);
  const timer = setTimeout(
    () => timeout.abort(new Error(`No answer within ${TIMEOUT_MS / 1000} s`)),
    TIMEOUT_MS,
  );
  try {
    const response = await fetchApi.fetch(url, {
      headers: {
        accept: 'application/json',
        ...(etag && { 'if-none-match': etag }),
      },
      cache: 'no-store',
      signal: timeout.signal,
    });
    if (response.status === 304) {
      return { changed: false };
    }
    if (response.status === 404) {
      throw new NotFoundError('Not found');
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return {
      changed: true,
      data: await response.json(),
      etag: response.headers.get('etag') ?? undefined,
    };
  } catch (error) {
    throw timeout.signal.aborted ? timeout.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
