// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ownershipServiceRef } from '@fairway/plugin-delivery-node';
import { composePolicy } from './composePolicy';
import { DefaultLeadership } from './Leadership';
import { readLeads } from './readLeads';
import { readPlatformGroups } from './readPlatformGroups';
import { tenancyRules } from './tenancyRules';

/**
 * Sets the default policy of Fairway in the permission backend.
 *
 * @public
 */
export const permissionModuleTenancy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'tenancy',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        ownership: ownershipServiceRef,
        policy: policyExtensionPoint,
      },
      async init({ auth, catalog, config, ownership, policy }) {
        const leads = readLeads(config);
        const rules = tenancyRules({
          platformGroups: readPlatformGroups(config),
          ownership,
          leadership: DefaultLeadership.create({
            leads,
            ownership,
            catalog,
            auth,
          }),
          leadPermissions: leads.permissions,
        });
        policy.setPolicy(composePolicy(...rules));
      },
    });
  },
});
