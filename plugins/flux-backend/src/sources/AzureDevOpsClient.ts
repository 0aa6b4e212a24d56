// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AzureDevOpsCredentialsProvider } from '@backstage/integration';
import {
  getBearerHandler,
  getPersonalAccessTokenHandler,
  WebApi,
} from 'azure-devops-node-api';
import type { HostHealth } from './HostHealth';
import { SourceError } from './SourceError';

const TIMEOUT_MS = 10_000;
const ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;
/** A host that asks for more is asked again by the queue, not by this call. */
const LONGEST_PAUSE_SECONDS = 10;

/** Reads JSON from the REST API of one Azure DevOps organization. */
export interface AzureDevOpsClient {
  /** @returns undefined for 404 @throws SourceError */
  get<T>(
    path: string,
    query: Record<string, string | number>,
  ): Promise<T | undefined>;
}

type Wait = (ms: number) => Promise<void>;

function retryAfterSeconds(
  headers: Record<string, unknown>,
): number | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string') {
    return undefined;
  }
  const seconds = Number(value);
  if (Number.isFinite(seconds)) {
    return Math.max(0, seconds);
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

function errorOfStatus(
  status: number,
  headers: Record<string, unknown>,
  contentType: string,
): SourceError | undefined {
  // An expired token is answered by a sign-in page with 203, or with a redirect to it.
  const signInPage = status < 400 && !/json/.test(contentType);
  if (status === 401 || status === 203 || signInPage) {
    return new SourceError(
      'unauthorized',
      `Azure DevOps wants a sign-in (HTTP ${status}): is the token in integrations.azure still valid?`,
    );
  }
  if (status === 403) {
    return new SourceError(
      'forbidden',
      'Azure DevOps refuses to read the repository (HTTP 403): the token needs Code (Read)',
    );
  }
  if (status === 429) {
    return new SourceError(
      'rate-limited',
      'Azure DevOps asks to slow down (HTTP 429)',
      retryAfterSeconds(headers),
    );
  }
  if (status >= 500) {
    return new SourceError(
      'unreachable',
      `Azure DevOps has trouble (HTTP ${status})`,
      retryAfterSeconds(headers),
    );
  }
  return status >= 400
    ? new SourceError('unexpected', `Azure DevOps answered HTTP ${status}`)
    : undefined;
}

/**
 * A client on the HTTP layer of azure-devops-node-api: its typed layer hides
 * the status and headers that tell a sign-in page from an empty answer.
 */
export class DefaultAzureDevOpsClient implements AzureDevOpsClient {
  readonly #baseUrl: string;
  readonly #credentials: AzureDevOpsCredentialsProvider;
  readonly #health: HostHealth;
  readonly #wait: Wait;
  readonly #timeoutMs: number;
  #api?: { token: string; webApi: WebApi };

  private constructor(
    baseUrl: string,
    credentials: AzureDevOpsCredentialsProvider,
    health: HostHealth,
    wait: Wait,
    timeoutMs: number,
  ) {
    this.#baseUrl = baseUrl;
    this.#credentials = credentials;
    this.#health = health;
    this.#wait = wait;
    this.#timeoutMs = timeoutMs;
  }

  static create(options: {
    baseUrl: string;
    credentials: AzureDevOpsCredentialsProvider;
    health: HostHealth;
    wait?: Wait;
    timeoutMs?: number;
  }): DefaultAzureDevOpsClient {
    const wait: Wait =
      options.wait ?? (ms => new Promise(resolve => setTimeout(resolve, ms)));
    return new DefaultAzureDevOpsClient(
      options.baseUrl,
      options.credentials,
      options.health,
      wait,
      options.timeoutMs ?? TIMEOUT_MS,
    );
  }

  async get<T>(
    path: string,
    query: Record<string, string | number>,
  ): Promise<T | undefined> {
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]) => [name, String(value)]),
    );
    search.set('api-version', '7.1');
    const url = `${this.#baseUrl}/${path}?${search}`;
    this.#health.check();
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#once<T>(url);
        this.#health.answered();
        return answer;
      } catch (error) {
        const known =
          error instanceof SourceError
            ? error
            : new SourceError(
                'unreachable',
                `Azure DevOps cannot be reached: ${
                  error instanceof Error ? error.message : error
                }`,
              );
        const again =
          known.kind === 'unreachable' || known.kind === 'rate-limited';
        const pause =
          known.retryAfterSeconds ??
          (FIRST_PAUSE_MS * 2 ** (attempt - 1)) / 1000;
        if (!again || attempt >= ATTEMPTS || pause > LONGEST_PAUSE_SECONDS) {
          this.#health.failed(known);
          throw known;
        }
        await this.#wait(pause * 1000 * (1 + Math.random() / 4));
      }
    }
  }

  async #once<T>(url: string): Promise<T | undefined> {
    const { client } = (await this.#connect(url)).rest;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The socket's own timeout starts anew with every byte.
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer within ${this.#timeoutMs} ms`)),
        this.#timeoutMs,
      );
    });
    const answer = (async () => {
      const response = await client.get(url, { Accept: 'application/json' });
      return { message: response.message, body: await response.readBody() };
    })();
    try {
      const { message, body } = await Promise.race([answer, late]);
      const status = message.statusCode ?? 0;
      const headers = message.headers as Record<string, unknown>;
      if (status === 404) {
        return undefined;
      }
      const error = errorOfStatus(
        status,
        headers,
        String(headers['content-type'] ?? ''),
      );
      if (error) {
        throw error;
      }
      return JSON.parse(body) as T;
    } finally {
      clearTimeout(timer);
      // It may still fail after the deadline; nobody waits for it then.
      answer.catch(() => undefined);
    }
  }

  async #connect(url: string): Promise<WebApi> {
    const credentials = await this.#credentials.getCredentials({ url });
    const token = credentials?.token ?? '';
    if (this.#api?.token !== token) {
      const handler =
        credentials?.type === 'bearer'
          ? getBearerHandler(token)
          : getPersonalAccessTokenHandler(token);
      this.#api = {
        token,
        webApi: new WebApi(this.#baseUrl, handler, {
          socketTimeout: this.#timeoutMs,
          allowRetries: false,
          // A redirect leads to the sign-in page, never to data.
          allowRedirects: false,
        }),
      };
    }
    return this.#api.webApi;
  }
}
