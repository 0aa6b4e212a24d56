// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import http from 'node:http';

/** A whole answer, with the time from the first byte sent to the last received. */
export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
  ms: number;
}

/** A person at the portal: their token, and one kept connection as a browser has it. */
export class PortalClient {
  readonly #url: string;
  readonly #token: string;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async signIn(url: string, persona: string): Promise<PortalClient> {
    const response = await fetch(`${url}/api/auth/sandbox/refresh`, {
      headers: {
        'x-fairway-persona': persona,
        'x-requested-with': 'XMLHttpRequest',
      },
      signal: AbortSignal.timeout(10_000),
    });
    const { backstageIdentity } = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return new PortalClient(url, backstageIdentity.token);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send('GET', path, { headers });
  }

  /** @param patience - ms until the wait for an answer is given up */
  post(path: string, body: unknown, patience?: number): Promise<Answer> {
    return this.#send('POST', path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      patience,
    });
  }

  /** @throws unless the answer is 200 */
  async json<T>(path: string): Promise<T> {
    const { status, body } = await this.get(path);
    if (status !== 200) {
      throw new Error(`${path}: ${status} ${body.toString().slice(0, 200)}`);
    }
    return JSON.parse(body.toString()) as T;
  }

  /** Opens a stream of server-sent events on a connection of its own. */
  async stream(path: string): Promise<ReadableStream<Uint8Array>> {
    const response = await fetch(this.#url + path, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    if (!response.ok || !response.body) {
      throw new Error(`${path}: ${response.status}`);
    }
    return response.body;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(
    method: string,
    path: string,
    options: {
      headers: Record<string, string>;
      body?: string;
      patience?: number;
    },
  ): Promise<Answer> {
    const { headers, body, patience = 60_000 } = options;
    const began = performance.now();
    return new Promise((resolve, reject) => {
      const request = http.request(
        this.#url + path,
        {
          method,
          agent: this.#agent,
          signal: AbortSignal.timeout(patience),
          headers: { ...headers, authorization: `Bearer ${this.#token}` },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
              ms: performance.now() - began,
            }),
          );
        },
      );
      request.once('error', reject);
      request.end(body);
    });
  }
}
