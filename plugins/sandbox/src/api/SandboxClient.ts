// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  SandboxApi,
  SandboxPullRequest,
  SandboxState,
} from './SandboxApi';

const BASE_URL = 'plugin://fairway-sandbox/v1';

/** {@link SandboxApi} by way of the sandbox's backend plugin. */
export class SandboxClient implements SandboxApi {
  readonly #fetchApi: FetchApi;

  private constructor(fetchApi: FetchApi) {
    this.#fetchApi = fetchApi;
  }

  static create(options: { fetchApi: FetchApi }): SandboxClient {
    return new SandboxClient(options.fetchApi);
  }

  async getState(): Promise<SandboxState> {
    return (await this.#call('GET', '/state')).json();
  }

  async listPullRequests(): Promise<SandboxPullRequest[]> {
    return (await this.#call('GET', '/pull-requests')).json();
  }

  async startStory(id: string) {
    await this.#call('POST', `/stories/${encodeURIComponent(id)}/start`);
  }

  async completePullRequest(id: number) {
    await this.#call('POST', `/pull-requests/${id}/complete`);
  }

  async setFault(system: string, kind: string) {
    await this.#call('PUT', '/faults', { system, kind });
  }

  async clearFaults(system?: string) {
    const query = system ? `?system=${encodeURIComponent(system)}` : '';
    await this.#call('DELETE', `/faults${query}`);
  }

  async setSpeed(factor: number) {
    await this.#call('PUT', '/speed', { factor });
  }

  async #call(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await this.#fetchApi.fetch(`${BASE_URL}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
