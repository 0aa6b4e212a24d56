// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const css = readFileSync(resolve(__dirname, 'tone.module.css'), 'utf8');

/** Surfaces on which pills and edges stand: the cards of both themes. */
const SURFACES = { light: '#ffffff', dark: '#424141' } as const;

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

const TONES = [
  'positive',
  'progressing',
  'paused',
  'warning',
  'negative',
  'unknown',
];

function token(mode: 'light' | 'dark', tone: string, name: string): string {
  const selector =
    mode === 'light'
      ? `\n  .${tone} {`
      : `:global([data-theme-mode='dark']) .${tone} {`;
  const rule = css.slice(css.indexOf(selector)).split('}')[0];
  const value = rule.match(
    new RegExp(`--fairway-tone-${name}: (#[0-9a-f]{6})`),
  );
  return value?.[1] ?? '';
}

describe.each(['light', 'dark'] as const)('tones in %s', mode => {
  it.each(TONES)('%s can be read', tone => {
    const fg = token(mode, tone, 'fg');
    // Text on its pill and on the card (1.4.3), the edge against the card (1.4.11).
    expect(contrast(fg, token(mode, tone, 'bg'))).toBeGreaterThanOrEqual(4.5);
    expect(
      contrast(token(mode, tone, 'edge'), SURFACES[mode]),
    ).toBeGreaterThanOrEqual(3);
    expect(contrast(fg, SURFACES[mode])).toBeGreaterThanOrEqual(4.5);
  });
});
