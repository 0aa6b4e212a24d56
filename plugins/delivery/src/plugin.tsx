// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { deliveryApi } from '@fairway/plugin-delivery-react';
import { RiHome4Line } from '@remixicon/react';
import { createServiceRouteRef, rootRouteRef } from './routes';

const homePage = PageBlueprint.make({
  params: {
    path: '/',
    title: 'Home',
    icon: <RiHome4Line />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: () => import('./home/HomePage').then(m => <m.HomePage />),
  },
});

/**
 * The home page, and the one live connection of a browser tab that all Fairway
 * plugins share.
 *
 * @public
 */
export const deliveryPlugin = createFrontendPlugin({
  pluginId: 'fairway-delivery',
  title: 'Delivery',
  icon: <RiHome4Line />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  externalRoutes: { createService: createServiceRouteRef },
  extensions: [deliveryApi, homePage],
});
