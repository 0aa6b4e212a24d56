// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { appLayout } from './layout/appLayout';
import { pageLayout } from './layout/pageLayout';
import { navContent } from './nav/navContent';
import { serverStorage } from './settings/serverStorage';
import { darkTheme, lightTheme } from './theme/themes';

/** Theme, frame and navigation of Fairway, and where settings are kept. */
export const appModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    appLayout,
    darkTheme,
    lightTheme,
    navContent,
    pageLayout,
    serverStorage,
  ],
});
