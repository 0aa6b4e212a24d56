// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { LiveRequest } from '@fairway/plugin-delivery-react';
import type { DeploymentHistory } from '@fairway/plugin-flux-common';
import type { FluxApi, HistoryRequest } from './FluxApi';

const TIMEOUT_MS = 15_000;
/** Records of one part of the history. */
const PART = '50';

/** Addresses of the plugin's backend. */
export class DefaultFluxApi implements FluxApi {
  readonly #fetchApi: FetchApi;

  private constructor(fetchApi: FetchApi) {
    this.#fetchApi = fetchApi;
  }

  static create(options: { fetchApi: FetchApi }): DefaultFluxApi {
    return new DefaultFluxApi(options.fetchApi);
  }

  deployments(entityRef: string): LiveRequest {
    return {
      topic: `fairway-flux.deployments:${stringifyEntityRef(
        parseEntityRef(entityRef),
      )}`,
      url: urlOf(entityRef),
    };
  }

  async history(
    entityRef: string,
    { environment, cursor }: HistoryRequest,
  ): Promise<DeploymentHistory> {
    const query = new URLSearchParams({
      limit: PART,
      ...(environment ? { environment } : {}),
      ...(cursor ? { cursor } : {}),
    });
    const response = await this.#fetchApi.fetch(
      `${urlOf(entityRef)}/history?${query}`,
      { signal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

function urlOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind.toLowerCase(), namespace, name]
    .map(encodeURIComponent)
    .join('/');
  return `plugin://fairway-flux/v1/entities/${path}/deployments`;
}
