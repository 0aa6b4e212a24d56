// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import http from 'node:http';
import https from 'node:https';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import type { Cluster } from '../clusters/types';

/** An answer that is no success, with what the server asked for. */
export class ClusterError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = 'ClusterError';
  }
}

export interface ClusterRequest {
  path: string;
  signal: AbortSignal;
  /** Until the answer's headers have come. */
  timeoutMs: number;
}

const LARGEST_ERROR = 4096;

/** Reads from one cluster's API server: token, certificate authority, keep-alive, gzip. */
export class ClusterClient {
  readonly #cluster: Cluster;
  readonly #agent: http.Agent;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#agent = cluster.url.startsWith('https:')
      ? new https.Agent({
          keepAlive: true,
          ca: cluster.caData,
          rejectUnauthorized: !cluster.skipTLSVerify,
        })
      : new http.Agent({ keepAlive: true });
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Reads a whole JSON body. @throws ClusterError for any status but 200 */
  async getJson(request: ClusterRequest): Promise<unknown> {
    const body = await this.open({ ...request, gzip: true });
    const chunks: Buffer[] = [];
    const timer = setTimeout(
      () =>
        body.destroy(
          new Error(`no complete answer in ${request.timeoutMs} ms`),
        ),
      request.timeoutMs,
    );
    try {
      for await (const chunk of body) {
        chunks.push(chunk as Buffer);
      }
    } finally {
      clearTimeout(timer);
    }
    const text = Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
    try {
      return JSON.parse(text);
    } catch {
      throw new ClusterError(200, `not JSON: ${text.slice(0, 80)}`);
    }
  }

  /** Opens a stream of bytes. @throws ClusterError for any status but 200 */
  async open(request: ClusterRequest & { gzip?: boolean }): Promise<Readable> {
    const token = await this.#token();
    const url = new URL(this.#cluster.url.replace(/\/$/, '') + request.path);
    const answer = await new Promise<http.IncomingMessage>(
      (resolve, reject) => {
        const outgoing = (url.protocol === 'https:' ? https : http).request(
          url,
          {
            agent: this.#agent,
            signal: request.signal,
            headers: {
              accept: 'application/json',
              'user-agent': 'fairway',
              ...(request.gzip ? { 'accept-encoding': 'gzip' } : {}),
              ...(token ? { authorization: `Bearer ${token}` } : {}),
            },
          },
          resolve,
        );
        outgoing.setTimeout(request.timeoutMs, () =>
          outgoing.destroy(new Error(`no answer in ${request.timeoutMs} ms`)),
        );
        outgoing.once('error', reject);
        outgoing.end();
      },
    );
    answer.socket.setTimeout(0);
    if (answer.statusCode !== 200) {
      throw await errorOf(answer);
    }
    return answer.headers['content-encoding'] === 'gzip'
      ? answer.pipe(createGunzip())
      : answer;
  }

  /** Asks for a new token after a 401. */
  async refreshToken(): Promise<void> {
    await this.#cluster.credentials?.getToken({ fresh: true });
  }

  async #token(): Promise<string | undefined> {
    return (await this.#cluster.credentials?.getToken())?.token;
  }
}

async function errorOf(answer: http.IncomingMessage): Promise<ClusterError> {
  let text = '';
  for await (const chunk of answer) {
    text += chunk;
    if (text.length > LARGEST_ERROR) {
      break;
    }
  }
  answer.destroy();
  const after = Number(answer.headers['retry-after']);
  let message = text.trim().slice(0, 200);
  try {
    message = String(
      (JSON.parse(text) as { message?: unknown }).message ?? message,
    );
  } catch {
    // Not a Status object: a proxy or a login page answered. Its text will do.
  }
  return new ClusterError(
    answer.statusCode ?? 0,
    message,
    Number.isFinite(after) && after > 0
      ? Math.min(after, 120) * 1000
      : undefined,
  );
}
