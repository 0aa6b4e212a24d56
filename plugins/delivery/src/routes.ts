// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/frontend-plugin-api';

/** The home page. */
export const rootRouteRef = createRouteRef();

/** Where a service is created; the list of templates unless the app binds it elsewhere. */
export const createServiceRouteRef = createExternalRouteRef({
  defaultTarget: 'scaffolder.root',
});
