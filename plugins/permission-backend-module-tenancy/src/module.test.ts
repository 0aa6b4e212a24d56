// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  type AuthService,
  type BackstageUserPrincipal,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import permissionModuleTenancy from './index';

const OWNERSHIP: Record<string, string[]> = {
  'user:default/dev-a': ['user:default/dev-a', 'group:default/team-a'],
  'user:default/dev-b': ['user:default/dev-b', 'group:default/team-b'],
  'user:default/platform-a': [
    'user:default/platform-a',
    'group:default/platform',
  ],
};

const ORDERS = 'component:default/orders';
const location = 'test:orders';
const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: {
      'backstage.io/managed-by-location': location,
      'backstage.io/managed-by-origin-location': location,
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
};

const ordersProvider = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'orders',
  register(reg) {
    reg.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider({
          getProviderName: () => 'orders',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: [{ entity, locationKey: location }],
            }),
        });
      },
    });
  },
});

const personasUserInfo = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () =>
    mockServices.userInfo.mock({
      getUserInfo: async credentials => {
        const { userEntityRef } = credentials.principal as {
          userEntityRef: string;
        };
        return { userEntityRef, ownershipEntityRefs: OWNERSHIP[userEntityRef] };
      },
    }),
});

// The mock forgets which plugin acts for a user; the real service says it, and
// the catalog applies conditions only for plugins.
const actingPlugins = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const auth = mockServices.auth({ pluginId: plugin.getId() });
    const inner = auth.getPluginRequestToken.bind(auth);
    const getPluginRequestToken: AuthService['getPluginRequestToken'] =
      async options => {
        const { principal } = options.onBehalfOf;
        return auth.isPrincipal(options.onBehalfOf, 'user')
          ? {
              token: mockCredentials.user.token(
                (principal as BackstageUserPrincipal).userEntityRef,
                { actor: { subject: `plugin:${plugin.getId()}` } },
              ),
            }
          : inner(options);
      };
    return Object.assign(auth, { getPluginRequestToken });
  },
});

/** Resolves when the catalog has processed the entity up to its owner. */
async function untilOwned(url: string): Promise<void> {
  const headers = { authorization: mockCredentials.service.header() };
  for (;;) {
    const response = await fetch(
      `${url}/api/catalog/entities/by-name/component/default/orders`,
      { headers },
    );
    const found: Entity | undefined = response.ok
      ? await response.json()
      : undefined;
    if (found?.relations?.some(({ type }) => type === 'ownedBy')) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('permissionModuleTenancy', () => {
  let backend: TestBackend;
  let url: string;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            catalog: { processingInterval: { seconds: 30 } },
          },
        }),
        personasUserInfo,
        actingPlugins,
        catalogPlugin,
        ordersProvider,
        permissionPlugin,
        permissionModuleTenancy,
      ],
    });
    url = `http://localhost:${backend.server.port()}`;
    await untilOwned(url);
  }, 30_000);

  async function authorize(
    permission: Permission,
    authorization: string,
    resourceRef?: string,
  ) {
    const response = await fetch(`${url}/api/permission/authorize`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ items: [{ id: '1', permission, resourceRef }] }),
    });
    const body = await response.json();
    return response.ok ? body.items[0].result : response.status;
  }

  // The catalog does not know this permission, only its resource type.
  const thirdParty = createPermission({
    name: 'fairway-flux.resource.read',
    attributes: { action: 'read' },
    resourceType: 'catalog-entity',
  });

  it.each([
    ['user:default/dev-a', ORDERS, 'ALLOW'],
    ['user:default/dev-b', ORDERS, 'DENY'],
    ['user:default/platform-a', ORDERS, 'ALLOW'],
    ['user:default/dev-a', 'component:default/unknown', 'DENY'],
  ])('lets the catalog decide for %s on %s: %s', async (user, ref, result) => {
    await expect(
      authorize(thirdParty, mockCredentials.user.header(user), ref),
    ).resolves.toBe(result);
  });
});
