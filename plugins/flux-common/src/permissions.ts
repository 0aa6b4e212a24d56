// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createPermission } from '@backstage/plugin-permission-common';

/** Read what Flux does with an entity's objects. @public */
export const fluxResourceReadPermission = createPermission({
  name: 'fairway-flux.resource.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});

/** All permissions of the flux plugin. @public */
export const fluxPermissions = [fluxResourceReadPermission];
