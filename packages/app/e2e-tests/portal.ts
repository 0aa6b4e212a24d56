// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { test as base, expect, type Page } from '@playwright/test';
import { RunningPortal, startPortal } from './runningPortal';

/** A persona of the demo world. */
export type Persona = 'dev-a' | 'lead-a' | 'dev-b' | 'platform-a';

interface TestFixtures {
  signIn(persona: Persona, path?: string): Promise<Page>;
}

const PERSONA_BUTTON: Record<Persona, RegExp> = {
  'dev-a': /Alex/,
  'lead-a': /Lee/,
  'dev-b': /Bo\b/,
  'platform-a': /Pat/,
};

/** Tests with a whole portal on its own sandbox, one for all tests of a worker. */
export const test = base.extend<TestFixtures, { portal: RunningPortal }>({
  portal: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const portal = await startPortal({ speed: 30 });
      await use(portal);
      await portal.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: async ({ portal }, use) => {
    await use(portal.url);
  },
  signIn: async ({ page, portal }, use) => {
    await use(async (persona, path = '/') => {
      await page.goto(portal.url + path);
      await page.getByRole('button', { name: PERSONA_BUTTON[persona] }).click();
      await expect(page.getByRole('navigation').first()).toBeVisible();
      return page;
    });
  },
});

export { expect };
