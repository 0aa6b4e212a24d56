// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A weak validator of a document: equal JSON, equal tag. @public */
export function etagOf(document: unknown): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(document))
    .digest('base64url');
  return `W/"${digest.slice(0, 22)}"`;
}

/**
 * Answers with a JSON document, or 304 when the client has it already. The
 * browser may keep it for this person only, and must ask each time. `etag` is
 * for documents with parts that may differ without being news, such as an age.
 *
 * @public
 */
export function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  document: unknown,
  etag: string = etagOf(document),
): void {
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  const known = String(request.headers['if-none-match'] ?? '')
    .split(',')
    .map(tag => tag.trim());
  if (known.includes(etag)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(document));
}
