// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreExtensionData,
  createExtension,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { SandboxBanner } from './banner/SandboxBanner';

const sandboxSignInPage = SignInPageBlueprint.make({
  params: {
    loader: () =>
      import('./signIn/SandboxSignInPage').then(m => m.SandboxSignInPage),
  },
});

/** Stands above every page: Fairway's layout has a place for it. */
const sandboxBanner = createExtension({
  kind: 'banner',
  name: 'sandbox',
  attachTo: { id: 'app/layout', input: 'banners' },
  output: [coreExtensionData.reactElement],
  factory: () => [coreExtensionData.reactElement(<SandboxBanner />)],
});

/** What the sandbox changes in the app itself: sign-in and banner. */
export const sandboxAppModule = createFrontendModule({
  pluginId: 'app',
  extensions: [sandboxSignInPage, sandboxBanner],
});
