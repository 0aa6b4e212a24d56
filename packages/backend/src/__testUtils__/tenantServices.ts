// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  type AuthService,
  type BackstageUserPrincipal,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';

/** What sign-in would have written down: the person and the groups that the person is in. */
const userInfo = createServiceFactory({
  service: coreServices.userInfo,
  deps: { auth: coreServices.auth, catalog: catalogServiceRef },
  factory: ({ auth: own, catalog }) => ({
    async getUserInfo(credentials) {
      const { userEntityRef } = credentials.principal as BackstageUserPrincipal;
      const entity = await catalog.getEntityByRef(userEntityRef, {
        credentials: await own.getOwnServiceCredentials(),
      });
      const groups = (entity?.relations ?? [])
        .filter(({ type }) => type === 'memberOf')
        .map(({ targetRef }) => targetRef);
      return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...groups] };
    },
  }),
});

/**
 * The mock forgets which plugin acts for a user; the real service says it, and the
 * catalog applies conditions only for plugins.
 */
const auth = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const mock = mockServices.auth({ pluginId: plugin.getId() });
    const inner = mock.getPluginRequestToken.bind(mock);
    const getPluginRequestToken: AuthService['getPluginRequestToken'] =
      async options => {
        const { principal } = options.onBehalfOf;
        return mock.isPrincipal(options.onBehalfOf, 'user')
          ? {
              token: mockCredentials.user.token(
                (principal as BackstageUserPrincipal).userEntityRef,
                { actor: { subject: `plugin:${plugin.getId()}` } },
              ),
            }
          : inner(options);
      };
    return Object.assign(mock, { getPluginRequestToken });
  },
});

/** The permission framework as it is, not one that allows everything. */
const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
  },
  factory: ({ config, ...services }) =>
    ServerPermissionClient.fromConfig(config, services),
});

/** Services of a test backend in which permissions are decided for real. */
export const tenantServices = [auth, permissions, userInfo];
