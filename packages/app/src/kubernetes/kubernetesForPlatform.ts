// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';

/**
 * The stock Kubernetes tab, for those who may use it: its backend reads clusters
 * without knowing whose they are, so the default policy gives it to the platform
 * only. All others would get a tab that holds nothing but a refusal.
 */
export const kubernetesForPlatform = createFrontendModule({
  pluginId: 'kubernetes',
  extensions: [
    kubernetesPlugin
      .getExtension('entity-content:kubernetes/kubernetes')
      .override({
        if: { permissions: { $contains: 'kubernetes.resources.read#read' } },
      }),
  ],
});
