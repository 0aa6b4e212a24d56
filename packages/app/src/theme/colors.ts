// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** The few colours that the stock pages (MUI) need as values; `tokens.css` has the same for ours. */
export const COLORS = {
  light: {
    app: '#f6f7f9',
    surface: '#ffffff',
    line: '#e3e6eb',
    hover: '#eef0f3',
    text: '#1b1f27',
    quiet: '#5b6472',
    accent: '#0b6e8c',
    positive: '#1a7f4b',
    progressing: '#2563c9',
    warning: '#9a5b00',
    negative: '#b3261e',
  },
  dark: {
    app: '#12151a',
    surface: '#1a1e25',
    line: '#2b313b',
    hover: '#232932',
    text: '#e8ebf0',
    quiet: '#9aa4b2',
    accent: '#54bcd8',
    positive: '#5fce96',
    progressing: '#7fb0ff',
    warning: '#f0b35a',
    negative: '#ff8a80',
  },
} as const;
