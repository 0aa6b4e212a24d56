// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { composePolicy } from './composePolicy';
import { DefaultOwnership } from './Ownership';
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
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ config, policy, userInfo }) {
        const rules = tenancyRules({
          platformGroups: readPlatformGroups(config),
          ownership: DefaultOwnership.create({ userInfo }),
        });
        policy.setPolicy(composePolicy(...rules));
      },
    });
  },
});
