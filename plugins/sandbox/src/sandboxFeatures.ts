// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createFrontendFeatureLoader } from '@backstage/frontend-plugin-api';

/**
 * Everything of the sandbox, when `fairway.sandbox.enabled` is true; otherwise
 * nothing, and none of its code is loaded.
 *
 * @public
 */
export const sandboxFeatures = createFrontendFeatureLoader({
  async *loader({ config }) {
    if (config.getOptionalBoolean('fairway.sandbox.enabled')) {
      const { sandboxPlugin } = await import('./plugin');
      const { sandboxAppModule } = await import('./appModule');
      yield sandboxPlugin;
      yield sandboxAppModule;
    }
  },
});
