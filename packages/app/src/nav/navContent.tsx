// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { Navigation } from './Navigation';

/** Fairway's own navigation in the place of the stock one. */
export const navContent = NavContentBlueprint.make({
  params: { component: Navigation },
});
