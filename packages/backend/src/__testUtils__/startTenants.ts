// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BackendFeature } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import permissionPlugin from '@backstage/plugin-permission-backend';
import type { JsonObject } from '@backstage/types';
import catalogModuleDelivery from '@fairway/plugin-catalog-backend-module-delivery';
import permissionModuleTenancy from '@fairway/plugin-permission-backend-module-tenancy';
import { entitiesProvider, ORGANISATION } from './organisation';
import { tenantServices } from './tenantServices';

/** A backend with the catalog, the permission framework and our policy as they are. */
export async function startTenants(
  options: {
    entities?: Entity[];
    features?: BackendFeature[];
    config?: JsonObject;
  } = {},
) {
  const { entities = [], features = [], config = {} } = options;
  const all = [...ORGANISATION, ...entities];
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          catalog: { processingInterval: { seconds: 30 } },
          ...config,
          permission: {
            enabled: true,
            ...((config.permission as JsonObject | undefined) ?? {}),
          },
        },
      }),
      ...tenantServices,
      catalogPlugin,
      catalogModuleDelivery,
      entitiesProvider(all),
      permissionPlugin,
      permissionModuleTenancy,
      ...features,
    ],
  });
  const url = `http://localhost:${backend.server.port()}`;
  await untilLinked(url, all.length);
  return { backend, url };
}

/** Resolves when the catalog has processed every entity up to its relations. */
async function untilLinked(url: string, count: number): Promise<void> {
  const headers = { authorization: mockCredentials.service.header() };
  const query = 'limit=1000&fields=kind,relations&filter=relations.ownedBy';
  const members = 'limit=1000&fields=kind&filter=relations.memberOf';
  const children = 'limit=1000&fields=kind&filter=relations.childOf';
  const totalOf = async (search: string): Promise<number> => {
    const response = await fetch(
      `${url}/api/catalog/entities/by-query?${search}`,
      { headers },
    );
    return response.ok ? (await response.json()).totalItems : 0;
  };
  for (;;) {
    const totals = await Promise.all([query, members, children].map(totalOf));
    // All but the one department are owned, members or children.
    if (totals[0] + totals[1] + totals[2] >= count - 1) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
