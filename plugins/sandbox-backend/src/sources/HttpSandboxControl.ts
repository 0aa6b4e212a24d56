// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Config } from '@backstage/config';
import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import {
  pullRequestsSchema,
  sandboxStateSchema,
  type FaultRequest,
  type SandboxControl,
} from './SandboxControl';

/** Time for one answer. The sandbox is on this machine. */
const TIMEOUT_MS = 5_000;
/** Starting a story and merging make commits before they answer. */
const WORK_TIMEOUT_MS = 30_000;

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

interface Call {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  body?: unknown;
  timeoutMs?: number;
}

/** {@link SandboxControl} over HTTP. */
export class HttpSandboxControl implements SandboxControl {
  readonly #baseUrl: string;

  private constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** @throws Error when `fairway.sandbox.controlUrl` is missing or no http address */
  static fromConfig(config: Config): HttpSandboxControl {
    const url = config.getString('fairway.sandbox.controlUrl');
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
      throw new Error(
        `fairway.sandbox.controlUrl: "${url}" is no http address. Use the one that the sandbox prints, such as http://127.0.0.1:7100.`,
      );
    }
    return new HttpSandboxControl(url.replace(/\/+$/, ''));
  }

  async getState() {
    return this.#read('/state', sandboxStateSchema);
  }

  async setFault(fault: FaultRequest) {
    await this.#call({ method: 'PUT', path: '/faults', body: fault });
  }

  async clearFaults(system?: string) {
    const query = system ? `?system=${encodeURIComponent(system)}` : '';
    await this.#call({ method: 'DELETE', path: `/faults${query}` });
  }

  async setSpeed(factor: number) {
    await this.#call({ method: 'PUT', path: '/speed', body: { factor } });
  }

  async startStory(id: string) {
    await this.#call({
      method: 'POST',
      path: `/stories/${encodeURIComponent(id)}/start`,
      timeoutMs: WORK_TIMEOUT_MS,
    });
  }

  async listPullRequests() {
    return this.#read('/pull-requests', pullRequestsSchema);
  }

  async completePullRequest(id: number) {
    await this.#call({
      method: 'POST',
      path: `/pull-requests/${id}/complete`,
      timeoutMs: WORK_TIMEOUT_MS,
    });
  }

  async #read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const answer = schema.safeParse(await this.#call({ method: 'GET', path }));
    if (!answer.success) {
      throw new ServiceUnavailableError(
        `The sandbox answered ${path} in a form that this portal does not know: ${z.prettifyError(
          answer.error,
        )}. Restart both from the same version.`,
      );
    }
    return answer.data;
  }

  async #call({ method, path, body, timeoutMs = TIMEOUT_MS }: Call) {
    const response = await fetch(`${this.#baseUrl}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    }).catch(error => {
      throw unreachable(error, timeoutMs);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      throw refusal(response.status, answer);
    }
    return answer;
  }
}

function unreachable(error: unknown, timeoutMs: number) {
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return new ServiceUnavailableError(
    timedOut
      ? `The sandbox did not answer within ${timeoutMs / 1000} s.`
      : 'The sandbox does not answer. It ends together with "npm start": start that again.',
    error,
  );
}

function refusal(status: number, answer: unknown) {
  const parsed = errorSchema.safeParse(answer);
  const message = parsed.success
    ? parsed.data.error.message
    : `The sandbox answered ${status}.`;
  switch (status) {
    case 400:
      return new InputError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}
