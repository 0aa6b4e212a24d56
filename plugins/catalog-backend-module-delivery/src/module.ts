// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { isGroupMember } from '@fairway/plugin-delivery-node';

/**
 * Teaches the catalog the permission rule `IS_GROUP_MEMBER`. Without it, a policy
 * that asks for the rule fails every question about a Group.
 *
 * @public
 */
export const catalogModuleDelivery = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'fairway-delivery',
  register(env) {
    env.registerInit({
      deps: { permissionsRegistry: coreServices.permissionsRegistry },
      async init({ permissionsRegistry }) {
        permissionsRegistry.addPermissionRules([isGroupMember]);
      },
    });
  },
});
