// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { UnifiedThemeProvider } from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';
import { createFairwayTheme } from './createFairwayTheme';

const light = createFairwayTheme('light');
const dark = createFairwayTheme('dark');

// The names are those of the stock themes, which these replace. Without a choice of
// the reader the app follows the system.

/** Light surfaces. */
export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={light} themeName="fairway">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});

/** Dark surfaces. */
export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }) => (
        <UnifiedThemeProvider theme={dark} themeName="fairway">
          {children}
        </UnifiedThemeProvider>
      ),
    },
  },
});
