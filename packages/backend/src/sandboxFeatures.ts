// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendFeatureLoader,
} from '@backstage/backend-plugin-api';

/**
 * Personas and sandbox control exist only where configuration asks for them:
 * a switch in configuration, not NODE_ENV, decides, because the embedded portal
 * itself runs in production mode.
 */
export const sandboxFeatures = createBackendFeatureLoader({
  deps: { config: coreServices.rootConfig },
  *loader({ config }) {
    if (config.getOptionalBoolean('fairway.sandbox.enabled')) {
      yield import('@fairway/plugin-auth-backend-module-sandbox');
      yield import('@fairway/plugin-sandbox-backend');
    }
  },
});
