// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  useLiveDocument,
  type LiveDocument,
} from '@fairway/plugin-delivery-react';
import type { DeploymentsDocument } from '@fairway/plugin-flux-common';
import { fluxApiRef } from '../api';

/** The deployments of an entity; card and page share one document. */
export function useDeployments(
  entity: Entity,
): LiveDocument<DeploymentsDocument> {
  const api = useApi(fluxApiRef);
  return useLiveDocument<DeploymentsDocument>(
    api.deployments(stringifyEntityRef(entity)),
  );
}
