// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createApp } from '@backstage/frontend-defaults';
import { appModule } from './appModule';
import { authorPages } from './create/authorPages';
import { kubernetesForPlatform } from './kubernetes/kubernetesForPlatform';

/**
 * The portal. Plugins are found by `app.packages` in the configuration; here is
 * only what is this portal's own: its look, its frame, its navigation and who gets
 * which stock page.
 */
export default createApp({
  features: [appModule, authorPages, kubernetesForPlatform],
});
