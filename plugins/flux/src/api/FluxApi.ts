// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createApiRef } from '@backstage/frontend-plugin-api';
import type { LiveRequest } from '@fairway/plugin-delivery-react';

/** What Flux does with a service's objects. @public */
export interface FluxApi {
  /**
   * Where the deployments of an entity are read and followed: the document is a
   * `DeploymentsDocument` of `@fairway/plugin-flux-common`.
   *
   * @param entityRef - full reference, such as `component:default/orders`
   */
  deployments(entityRef: string): LiveRequest;
}

/** @public */
export const fluxApiRef = createApiRef<FluxApi>().with({
  id: 'plugin.fairway-flux.service',
  pluginId: 'fairway-flux',
});
