// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DeliveryApi } from './types';

/** The one connection of this tab for live documents. @public */
export const deliveryApiRef = createApiRef<DeliveryApi>().with({
  id: 'plugin.fairway-delivery.live',
  pluginId: 'fairway-delivery',
});
