// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createApiRef } from '@backstage/frontend-plugin-api';
import type { LiveRequest } from '@fairway/plugin-delivery-react';
import type { DeploymentHistory } from '@fairway/plugin-flux-common';

/** Which part of a history is asked for. @public */
export interface HistoryRequest {
  /** Only of this environment. */
  environment?: string;
  /** The `next` of the part before. */
  cursor?: string;
}

/** What Flux does with a service's objects. @public */
export interface FluxApi {
  /**
   * Where the deployments of an entity are read and followed: the document is a
   * `DeploymentsDocument` of `@fairway/plugin-flux-common`.
   *
   * @param entityRef - full reference, such as `component:default/orders`
   */
  deployments(entityRef: string): LiveRequest;
  /**
   * An older part of the history.
   *
   * @throws ResponseError when the backend refuses, and when it does not answer in 15 s
   */
  history(
    entityRef: string,
    request: HistoryRequest,
  ): Promise<DeploymentHistory>;
}

/** @public */
export const fluxApiRef = createApiRef<FluxApi>().with({
  id: 'plugin.fairway-flux.service',
  pluginId: 'fairway-flux',
});
