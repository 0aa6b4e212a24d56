// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { LiveRequest } from '@fairway/plugin-delivery-react';
import type { FluxApi } from './FluxApi';

/** Addresses of the plugin's backend. */
export class DefaultFluxApi implements FluxApi {
  deployments(entityRef: string): LiveRequest {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind.toLowerCase(), namespace, name]
      .map(encodeURIComponent)
      .join('/');
    return {
      topic: `fairway-flux.deployments:${stringifyEntityRef({
        kind,
        namespace,
        name,
      })}`,
      url: `plugin://fairway-flux/v1/entities/${path}/deployments`,
    };
  }
}
