// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as delay } from 'node:timers/promises';
import type { AzureDevOpsCredentialsProvider } from '@backstage/integration';
import { AzureDevOpsError } from './AzureDevOpsError';

/** One REST call; `path` is below the organisation. */
export interface DevOpsRequest {
  path: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Default: 7.1. */
  apiVersion?: string;
}

export interface AzureDevOpsClientOptions {
  /** Scheme, host and organisation. */
  organizationUrl: string;
  credentials: AzureDevOpsCredentialsProvider;
  /** Ends a call and its repetitions when the task is cancelled. */
  signal?: AbortSignal;
  /** Hears of each repetition, so that a wait is visible in the task log. */
  onRetry?(message: string): void;
  /** For how long a call is repeated, in milliseconds. Default: 60 000. */
  patienceMs?: number;
  /** For how long one try may take, in milliseconds. Default: 20 000. */
  timeoutMs?: number;
  /** First pause between two tries, in milliseconds; it doubles up to 16 times. Default: 500. */
  pauseMs?: number;
}

const LONGEST_RETRY_AFTER_MS = 20_000;

/** What is answered while Azure DevOps cannot carry out anything (REST guidelines, rate limits). */
const NOT_DONE = new Set([429, 503]);
const MAYBE_DONE = new Set([408, 500, 502, 504]);

/**
 * REST of one Azure DevOps organisation: credential, time limit, repetition.
 *
 * A request that surely was not carried out is repeated until the patience ends
 * (Retry-After is honoured). One that may have been carried out is repeated only
 * when it reads; otherwise the error says that it is uncertain, and {@link ensure}
 * looks before it tries again.
 */
export class AzureDevOpsClient {
  readonly organizationUrl: string;
  readonly #options: AzureDevOpsClientOptions;

  private constructor(options: AzureDevOpsClientOptions) {
    this.organizationUrl = options.organizationUrl.replace(/\/+$/, '');
    this.#options = options;
  }

  static create(options: AzureDevOpsClientOptions): AzureDevOpsClient {
    return new AzureDevOpsClient(options);
  }

  /** @throws AzureDevOpsError in words that name the remedy */
  async send<T>(request: DevOpsRequest): Promise<T> {
    const { patienceMs = 60_000, pauseMs = 500, signal } = this.#options;
    const isRead = (request.method ?? 'GET') === 'GET';
    const end = Date.now() + patienceMs;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#try<T>(request);
      if ('value' in outcome) {
        return outcome.value;
      }
      const { error, retryAfterMs } = outcome;
      const isRepeatable =
        NOT_DONE.has(error.status) || (isRead && error.isUncertain);
      const backoff = pauseMs * 2 ** Math.min(attempt, 4);
      const pause =
        retryAfterMs === undefined
          ? backoff * (0.5 + Math.random() / 2)
          : Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) +
            Math.random() * pauseMs;
      if (!isRepeatable || signal?.aborted || Date.now() + pause > end) {
        throw error;
      }
      this.#options.onRetry?.(
        `${error.message} Trying again in ${(pause / 1000).toFixed(1)} s.`,
      );
      await delay(pause, undefined, { signal });
    }
  }

  /** As {@link send}, and undefined for what does not exist or may not be seen. */
  async find<T>(request: DevOpsRequest): Promise<T | undefined> {
    try {
      return await this.send<T>(request);
    } catch (error) {
      if (error instanceof AzureDevOpsError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** All entries of an answer `{count, value: [...]}`. */
  async list<T>(request: DevOpsRequest): Promise<T[]> {
    const answer = await this.send<{ value?: T[] | null }>(request);
    return answer.value ?? [];
  }

  async #try<T>(
    request: DevOpsRequest,
  ): Promise<
    { value: T } | { error: AzureDevOpsError; retryAfterMs?: number }
  > {
    const { timeoutMs = 20_000, signal } = this.#options;
    const what = `${request.method ?? 'GET'} ${request.path}`;
    const headers = await this.#headers();
    const limit = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#url(request), {
        method: request.method ?? 'GET',
        headers,
        body:
          request.body === undefined ? undefined : JSON.stringify(request.body),
        // A sign-in page must not look like an answer.
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      text = await response.text();
    } catch (cause) {
      signal?.throwIfAborted();
      const why = limit.aborted
        ? `did not answer within ${timeoutMs / 1000} s`
        : `cannot be reached (${reasonOf(cause)})`;
      return {
        error: new AzureDevOpsError(
          `Azure DevOps at ${this.organizationUrl} ${why}: ${what}.`,
          { status: 0, isUncertain: true, cause },
        ),
      };
    }
    if (isSignIn(response)) {
      return { error: this.#refused(what, response.status) };
    }
    if (!response.ok) {
      return {
        error: this.#failed(what, response.status, messageOf(text)),
        retryAfterMs: retryAfterOf(response),
      };
    }
    try {
      return { value: (text ? JSON.parse(text) : undefined) as T };
    } catch (cause) {
      return {
        error: new AzureDevOpsError(
          `Azure DevOps at ${this.organizationUrl} answered ${what} with something that is not JSON.`,
          { status: response.status, isUncertain: true, cause },
        ),
      };
    }
  }

  async #headers(): Promise<Record<string, string>> {
    const { credentials } = this.#options;
    const found = await credentials.getCredentials({
      url: this.organizationUrl,
    });
    if (!found) {
      throw new AzureDevOpsError(
        `There is no credential for ${
          this.organizationUrl
        }. Add one under integrations.azure for host ${
          new URL(this.organizationUrl).host
        } in the portal's configuration.`,
        { status: 401 },
      );
    }
    return {
      ...found.headers,
      Accept: 'application/json',
      'Content-Type': 'application/json',
      // Without it an expired credential is answered with a redirect to a page.
      'X-TFS-FedAuthRedirect': 'Suppress',
    };
  }

  #url(request: DevOpsRequest): string {
    const url = new URL(`${this.organizationUrl}/${request.path}`);
    url.searchParams.set('api-version', request.apiVersion ?? '7.1');
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return url.href;
  }

  #refused(what: string, status: number): AzureDevOpsError {
    return new AzureDevOpsError(
      `Azure DevOps at ${this.organizationUrl} does not accept the portal's credential any more (${status}, sign-in page): ${what}. Renew it under integrations.azure; an expired token answers like this.`,
      { status: 401 },
    );
  }

  #failed(what: string, status: number, message: string): AzureDevOpsError {
    const said = message ? ` It says: ${message}` : '';
    const remedies: Record<number, string> = {
      401: `does not accept the portal's credential (401): ${what}. Renew it under integrations.azure.${said}`,
      403: `does not allow this to the portal's identity (403): ${what}. Give it the right in the project's security settings.${said}`,
      404: `does not have this, or does not show it to the portal's identity (404): ${what}. Check that project and repository exist and that the identity may read them.${said}`,
    };
    return new AzureDevOpsError(
      `Azure DevOps at ${this.organizationUrl} ${
        remedies[status] ?? `answered ${status}: ${what}.${said}`
      }`,
      { status, isUncertain: MAYBE_DONE.has(status) },
    );
  }
}

function isSignIn(response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  const isPage = /text\/html/.test(type);
  const isRedirect = response.status >= 300 && response.status < 400;
  return response.status === 203 || isRedirect || (response.ok && isPage);
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message.slice(0, 500) : '';
  } catch {
    return '';
  }
}

function retryAfterOf(response: Response): number | undefined {
  const given = response.headers.get('retry-after');
  if (!given) {
    return undefined;
  }
  const seconds = Number(given);
  const ms = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(given) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function reasonOf(cause: unknown): string {
  const inner = (cause as { cause?: { code?: string; message?: string } })
    ?.cause;
  return inner?.code ?? inner?.message ?? String(cause);
}
