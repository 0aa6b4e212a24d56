// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of the frame around all pages. */
export const appTranslationRef = createTranslationRef({
  id: 'fairway-app',
  messages: {
    skip: 'Skip to content',
    breadcrumbs: 'Breadcrumbs',
    nav: {
      label: 'Main',
      home: 'Home',
      services: 'Services',
      create: 'Create',
      search: 'Search',
      sandbox: 'Sandbox',
      settings: 'Settings',
      signOut: 'Sign out',
      signedInAs: 'Signed in as {{name}}',
    },
  },
});
