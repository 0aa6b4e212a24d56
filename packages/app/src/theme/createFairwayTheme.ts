// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  createUnifiedTheme,
  genPageTheme,
  palettes,
  type UnifiedTheme,
} from '@backstage/theme';
import { COLORS } from './colors';

const FONT =
  'system-ui, "Segoe UI", Roboto, "Noto Sans", Helvetica, Arial, sans-serif';

/** The MUI theme of the stock pages, so that they sit calmly beside ours. */
export function createFairwayTheme(mode: 'light' | 'dark'): UnifiedTheme {
  const c = COLORS[mode];
  const page = genPageTheme({
    colors: [c.app, c.app],
    shape: 'none',
    options: { fontColor: c.text },
  });
  return createUnifiedTheme({
    palette: {
      ...palettes[mode],
      primary: { main: c.accent },
      secondary: { main: c.accent },
      background: { default: c.app, paper: c.surface },
      text: { primary: c.text, secondary: c.quiet },
      divider: c.line,
      border: c.line,
      link: c.accent,
      linkHover: c.accent,
      textSubtle: c.quiet,
      textContrast: c.text,
      textVerySubtle: c.line,
      status: {
        ok: c.positive,
        warning: c.warning,
        error: c.negative,
        running: c.progressing,
        pending: c.warning,
        aborted: c.quiet,
      },
      errorText: c.negative,
      navigation: {
        ...palettes[mode].navigation,
        background: c.surface,
        color: c.quiet,
        selectedColor: c.text,
        indicator: c.accent,
      },
      tabbar: { indicator: c.accent },
    },
    fontFamily: FONT,
    htmlFontSize: 16,
    defaultPageTheme: 'home',
    pageTheme: {
      home: page,
      documentation: page,
      tool: page,
      service: page,
      website: page,
      library: page,
      other: page,
      app: page,
      apis: page,
    },
    typography: {
      fontFamily: FONT,
      htmlFontSize: 16,
      h1: { fontSize: 22, fontWeight: 700, marginBottom: 4 },
      h2: { fontSize: 20, fontWeight: 700, marginBottom: 4 },
      h3: { fontSize: 18, fontWeight: 650, marginBottom: 4 },
      h4: { fontSize: 16, fontWeight: 650, marginBottom: 4 },
      h5: { fontSize: 15, fontWeight: 650, marginBottom: 4 },
      h6: { fontSize: 14, fontWeight: 650, marginBottom: 4 },
    },
    components: {
      BackstagePage: {
        styleOverrides: {
          // The window scrolls, as on our own pages, so that the banner above has room.
          root: { height: 'auto', minHeight: '100%', overflowY: 'visible' },
        },
      },
      BackstageHeader: {
        styleOverrides: {
          header: {
            boxShadow: 'none',
            padding: '16px 24px',
            borderBottom: `1px solid ${c.line}`,
          },
        },
      },
      MuiPaper: {
        styleOverrides: {
          root: { backgroundImage: 'unset' },
          elevation1: {
            boxShadow: 'none',
            border: `1px solid ${c.line}`,
            borderRadius: 8,
          },
          elevation2: {
            boxShadow: 'none',
            border: `1px solid ${c.line}`,
            borderRadius: 8,
          },
        },
      },
      MuiButton: {
        styleOverrides: { root: { textTransform: 'none' } },
      },
      MuiTableCell: {
        styleOverrides: {
          // The stock table breaks a name in the middle of a word.
          root: { wordBreak: 'normal', overflowWrap: 'normal' },
        },
      },
      MuiTableRow: {
        styleOverrides: {
          root: { '&:nth-of-type(odd)': { backgroundColor: 'transparent' } },
        },
      },
    },
  });
}
