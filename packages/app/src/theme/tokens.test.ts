// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/* eslint-disable no-restricted-imports -- reads the style sheet as a file: jest replaces imports of css */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLORS } from './colors';

const css = readFileSync(join(__dirname, 'tokens.css'), 'utf8');

/** The hex values of one mode; dark inherits what it does not name. */
function tokens(mode: 'light' | 'dark'): Record<string, string> {
  const [light, dark] = [
    ...css.matchAll(/\[data-theme-mode='\w+'\] \{(.*?)\}/gs),
  ]
    .slice(0, 2)
    .map(([, body]) =>
      Object.fromEntries(
        [...body.matchAll(/--bui-([\w-]+): (#[0-9a-f]{6});/g)].map(
          ([, name, value]) => [name, value],
        ),
      ),
    );
  return mode === 'light' ? light : { ...light, ...dark };
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string) {
  const [r, g, b] = [1, 3, 5].map(at => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: Array<[string, string]> = [
  ...['bg-app', 'bg-neutral-1', 'bg-neutral-2'].flatMap(
    surface =>
      [
        'fg-primary',
        'fg-secondary',
        'fg-positive',
        'fg-negative',
        'fg-warning',
        'fg-announcement',
      ].map(text => [text, surface]) as Array<[string, string]>,
  ),
  ['accent-bg', 'bg-neutral-1'],
  ['accent-fg', 'accent-bg'],
  ['fg-solid', 'bg-solid'],
  ['fg-solid', 'bg-solid-hover'],
  ['announcement-fg-subdued', 'announcement-bg-subdued'],
  ['warning-fg-subdued', 'warning-bg-subdued'],
  ['negative-fg-subdued', 'negative-bg-subdued'],
  ['positive-fg-subdued', 'positive-bg-subdued'],
];

describe.each(['light', 'dark'] as const)('tokens, %s', mode => {
  const values = tokens(mode);

  it('has readable text on every surface', () => {
    const poor = TEXT.map(
      ([text, surface]) =>
        [text, surface, contrast(values[text], values[surface])] as const,
    ).filter(([, , ratio]) => !(ratio >= 4.5));
    expect(poor).toEqual([]);
  });

  it('has edges and focus rings that can be seen', () => {
    const poor = ['border-2', 'ring']
      .flatMap(edge =>
        ['bg-app', 'bg-neutral-1'].map(
          surface =>
            [edge, surface, contrast(values[edge], values[surface])] as const,
        ),
      )
      .filter(([, , ratio]) => !(ratio >= 3));
    expect(poor).toEqual([]);
  });

  it('is the same for the stock pages', () => {
    const { app, surface, line, text, quiet, accent } = COLORS[mode];
    expect({ app, surface, line, text, quiet, accent }).toEqual({
      app: values['bg-app'],
      surface: values['bg-neutral-1'],
      line: values['border-1'],
      text: values['fg-primary'],
      quiet: values['fg-secondary'],
      accent: values['accent-bg'],
    });
  });
});
