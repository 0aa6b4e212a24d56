// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiFlaskLine } from '@remixicon/react';
import { sandboxApiRef } from './api/SandboxApi';
import { SandboxClient } from './api/SandboxClient';
import { rootRouteRef } from './routes';

const sandboxApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: sandboxApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => SandboxClient.create({ fetchApi }),
    }),
});

const sandboxPage = PageBlueprint.make({
  params: {
    path: '/sandbox',
    title: 'Sandbox',
    icon: <RiFlaskLine />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: () => import('./page/SandboxPage').then(m => <m.SandboxPage />),
  },
});

/** The sandbox page and its API. */
export const sandboxPlugin = createFrontendPlugin({
  pluginId: 'fairway-sandbox',
  title: 'Sandbox',
  icon: <RiFlaskLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [sandboxApi, sandboxPage],
});
