// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { sandboxPermissions } from './permissions';
import { createRouter } from './router';
import { HttpSandboxControl } from './sources/HttpSandboxControl';

/**
 * Backend of the sandbox page. Installed in embedded mode only.
 *
 * @public
 */
export const sandboxPlugin = createBackendPlugin({
  pluginId: 'fairway-sandbox',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        deps.permissionsRegistry.addPermissions(sandboxPermissions);
        deps.httpRouter.use(
          createRouter({
            auditor: deps.auditor,
            control: HttpSandboxControl.fromConfig(deps.config),
            httpAuth: deps.httpAuth,
            permissions: deps.permissions,
          }),
        );
      },
    });
  },
});
