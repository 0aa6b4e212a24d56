// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { PageLayout } from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { FairwayPageLayout } from './FairwayPageLayout';

/** Replaces the stock layout of a page, by its name. */
export const pageLayout = SwappableComponentBlueprint.make({
  name: 'core-page-layout',
  params: define =>
    define({ component: PageLayout, loader: () => FairwayPageLayout }),
});
