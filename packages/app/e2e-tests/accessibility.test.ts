// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { findViolations } from './findViolations';
import { expect, test } from './portal';

const PAGES: Array<[name: string, path: string, ready: string]> = [
  ['home', '/', 'payments'],
  ['deployments', '/catalog/default/component/payments/deployments', '1.9.7'],
  ['sandbox', '/sandbox', 'Kubernetes API of aks-dev-weu'],
];

for (const [name, path, ready] of PAGES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`axe finds nothing on ${name}, ${colorScheme}, ${width} px`, async ({
        signIn,
        page,
      }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 900 });
        await signIn('dev-a', path);
        await expect(page.getByText(ready).first()).toBeAttached();
        expect(await findViolations(page)).toEqual([]);
      });
    }
  }
}
