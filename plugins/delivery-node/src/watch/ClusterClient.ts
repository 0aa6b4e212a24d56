// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Cluster, ClusterToken } from '../clusters/types';
import { ClusterError } from './ClusterError';
import { Deadline } from './Deadline';
import { RequestGate } from './RequestGate';
import type { WatchTuning } from './WatchTuning';

export interface ClusterRequest {
  path: string;
  signal: AbortSignal;
  /** For the whole answer of `getJson`; until the headers have come for `open`. */
  timeoutMs: number;
}

/** A body that goes on for as long as both sides like. */
export interface ClusterStream {
  body: Readable;
  /** When the token ends with which it was opened. */
  tokenEndsAt?: Date;
}

interface Answer {
  message: http.IncomingMessage;
  token?: ClusterToken;
}

const LARGEST_ERROR = 4096;
const LONGEST_REST_MS = 120_000;

/** Reads from one cluster's API server: token, certificate authority, keep-alive, gzip, rest when it asks for it. */
export class ClusterClient {
  readonly #cluster: Cluster;
  readonly #agent: http.Agent;
  readonly #gate: RequestGate;
  readonly #largestPage: number;

  constructor(
    cluster: Cluster,
    options: Pick<WatchTuning, 'concurrency' | 'largestPageBytes'>,
  ) {
    this.#cluster = cluster;
    this.#largestPage = options.largestPageBytes;
    this.#gate = new RequestGate(options.concurrency);
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

  /** Reads a whole JSON body. @throws ClusterError for any status but 200, and for what is no JSON */
  async getJson(request: ClusterRequest): Promise<unknown> {
    return this.#gate.run(request.signal, async () => {
      const deadline = new Deadline(request.signal, request.timeoutMs);
      try {
        const { message } = await this.#answer(request.path, deadline, true);
        return parse(await readText(unzipped(message), this.#largestPage));
      } catch (error) {
        throw deadline.signal.aborted ? deadline.signal.reason : error;
      } finally {
        deadline.release();
      }
    });
  }

  /** Opens a stream of JSON lines. @throws ClusterError for any status but 200, and for what is no JSON */
  async open(request: ClusterRequest): Promise<ClusterStream> {
    return this.#gate.run(request.signal, async () => {
      const deadline = new Deadline(request.signal, request.timeoutMs);
      try {
        const { message, token } = await this.#answer(
          request.path,
          deadline,
          false,
        );
        const type = message.headers['content-type'] ?? 'application/json';
        if (!type.includes('json')) {
          message.destroy();
          throw new ClusterError(200, `not JSON but ${type}`);
        }
        deadline.met();
        message.once('close', () => deadline.release());
        return { body: message, tokenEndsAt: token?.expiresAt };
      } catch (error) {
        const { aborted, reason } = deadline.signal;
        deadline.release();
        throw aborted ? reason : error;
      }
    });
  }

  /** A refused token is renewed once; watches that are refused together share one renewal. */
  async #answer(
    path: string,
    deadline: Deadline,
    gzip: boolean,
  ): Promise<Answer> {
    const token = await this.#token(deadline, false);
    const message = await this.#send(path, deadline, gzip, token);
    if (message.statusCode === 200) {
      return { message, token };
    }
    const error = await errorOf(message);
    if (error.status === 401) {
      const renewed = await this.#token(deadline, true);
      if (renewed?.token !== token?.token) {
        const second = await this.#send(path, deadline, gzip, renewed);
        if (second.statusCode === 200) {
          return { message: second, token: renewed };
        }
        throw await errorOf(second);
      }
    }
    if (error.options.retryAfterMs) {
      this.#gate.rest(error.options.retryAfterMs);
    }
    throw error;
  }

  async #token(
    deadline: Deadline,
    fresh: boolean,
  ): Promise<ClusterToken | undefined> {
    const { credentials } = this.#cluster;
    if (!credentials) {
      return undefined;
    }
    try {
      return await deadline.race(credentials.getToken({ fresh }));
    } catch (error) {
      throw new ClusterError(401, `no token: ${(error as Error).message}`);
    }
  }

  #send(
    path: string,
    { signal }: Deadline,
    gzip: boolean,
    token: ClusterToken | undefined,
  ): Promise<http.IncomingMessage> {
    const url = new URL(this.#cluster.url + path);
    return new Promise((resolve, reject) => {
      (url.protocol === 'https:' ? https : http)
        .get(
          url,
          {
            agent: this.#agent,
            signal,
            headers: {
              accept: 'application/json',
              'user-agent': 'fairway',
              ...(gzip && { 'accept-encoding': 'gzip' }),
              ...(token && { authorization: `Bearer ${token.token}` }),
            },
          },
          resolve,
        )
        .once('error', reject);
    });
  }
}

function unzipped(message: http.IncomingMessage): Readable {
  return message.headers['content-encoding'] === 'gzip'
    ? pipeline(message, createGunzip(), () => {
        // The reader of the other end hears of the error.
      })
    : message;
}

async function readText(body: Readable, largest: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += (chunk as Buffer).length;
    if (size > largest) {
      throw new ClusterError(200, `an answer of more than ${largest} bytes`, {
        tooLarge: true,
      });
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ClusterError(200, `not JSON: ${text.slice(0, 80)}`);
  }
}

async function errorOf(message: http.IncomingMessage): Promise<ClusterError> {
  const text = await readStart(message);
  let words = text.trim().slice(0, 200) || `HTTP ${message.statusCode}`;
  try {
    const status = JSON.parse(text) as { message?: unknown } | null;
    words = String(status?.message ?? words);
  } catch {
    // Not a Status object: a proxy or a login page answered. Its text will do.
  }
  return new ClusterError(message.statusCode ?? 0, words, {
    retryAfterMs: retryAfter(message.headers['retry-after']),
  });
}

async function readStart(message: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message) {
    text += chunk;
    if (text.length > LARGEST_ERROR) {
      break;
    }
  }
  return text;
}

/** Seconds or a date (RFC 9110, 10.2.3), at most two minutes: nobody waits for longer unseen. */
function retryAfter(header: string | undefined): number | undefined {
  if (!header) {
    return undefined;
  }
  const seconds = Number(header);
  const ms = Number.isNaN(seconds)
    ? Date.parse(header) - Date.now()
    : seconds * 1000;
  return ms > 0 ? Math.min(ms, LONGEST_REST_MS) : undefined;
}
