// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiBlueprint, fetchApiRef } from '@backstage/frontend-plugin-api';
import { DefaultDeliveryApi } from './DefaultDeliveryApi';
import { deliveryApiRef } from './deliveryApiRef';

/**
 * The extension that provides {@link deliveryApiRef}. It belongs to the plugin
 * `fairway-delivery`, so that a portal has one stream however many plugins use it.
 *
 * @public
 */
export const deliveryApi = ApiBlueprint.make({
  name: 'live',
  params: defineParams =>
    defineParams({
      api: deliveryApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => DefaultDeliveryApi.create({ fetchApi }),
    }),
});
