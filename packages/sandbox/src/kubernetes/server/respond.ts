// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { parse } from 'yaml';
import { ApiError } from '../ApiError';

const compress = promisify(gzip);
const GZIP_FROM_BYTES = 1024;
const LARGEST_BODY_BYTES = 3 * 1024 * 1024;

/** Headers that every answer of an API server carries. */
export function commonHeaders(response: ServerResponse): void {
  response.setHeader('Audit-Id', randomUUID());
  response.setHeader('Cache-Control', 'no-cache, private');
}

/** Sends JSON, compressed when the client asks for it. @returns bytes on the wire */
export async function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: unknown,
  contentType = 'application/json',
): Promise<number> {
  const text = Buffer.from(JSON.stringify(body));
  commonHeaders(response);
  response.setHeader('Content-Type', contentType);
  const zip =
    text.length >= GZIP_FROM_BYTES &&
    /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const payload = zip ? await compress(text, { level: 1 }) : text;
  if (zip) {
    response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Vary', 'Accept-Encoding');
  }
  response.setHeader('Content-Length', payload.length);
  response.statusCode = status;
  response.end(payload);
  return payload.length;
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
): void {
  commonHeaders(response);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.statusCode = status;
  response.end(text);
}

/** What the API server answers where nothing is served: text, no Status. */
export function sendPageNotFound(response: ServerResponse): void {
  sendText(response, 404, '404 page not found\n');
}

const FAULTS: Record<number, [reason: string, message: string]> = {
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden: User "fairway-portal" cannot get path'],
  429: [
    'TooManyRequests',
    'the server has received too many requests and has asked us to try again later',
  ],
  500: [
    'InternalError',
    'Internal error occurred: etcdserver: request timed out',
  ],
  503: [
    'ServiceUnavailable',
    'the server is currently unable to handle the request',
  ],
};

/** A fault's answer in the API server's words. */
export function faultError(status: number): ApiError {
  const [reason, message] = FAULTS[status] ?? FAULTS[500];
  return new ApiError(
    status,
    reason,
    message,
    status === 429 || status === 503 ? { retryAfterSeconds: 1 } : undefined,
  );
}

/**
 * The body of a request: JSON, or YAML where the media type says so.
 *
 * @throws ApiError 400 for what cannot be read, 413 for what is too large
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) {
      throw new ApiError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${LARGEST_BODY_BYTES}`,
      );
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  if (!text) {
    return undefined;
  }
  try {
    return /yaml/.test(request.headers['content-type'] ?? '')
      ? parse(text)
      : JSON.parse(text);
  } catch (error) {
    throw new ApiError(
      400,
      'BadRequest',
      `the object provided is unrecognized (must be of type JSON or YAML): ${
        (error as Error).message.split('\n')[0]
      }`,
    );
  }
}
