// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { type Browser, chromium, type Page } from '@playwright/test';
import type { Marks } from './Marks';

/** A service's page in a real browser, which notes when each mark appears in its text. */
export class OpenTab {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  /** @returns undefined where there is no browser */
  static async open(
    portalUrl: string,
    service: string,
  ): Promise<OpenTab | undefined> {
    const executablePath = process.env.FAIRWAY_CHROMIUM;
    if (!executablePath) {
      return undefined;
    }
    const browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
      ],
    });
    const page = await browser.newPage();
    await page.goto(
      `${portalUrl}/catalog/default/component/${service}/deployments`,
    );
    await page.getByRole('button', { name: /Alex/ }).click();
    await page.getByRole('main').getByText('staging').first().waitFor();
    await page.evaluate(() => {
      const seen: Record<string, number> = {};
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const text = document.body.textContent ?? '';
        for (const [mark] of text.matchAll(/bench-\d+\./g)) {
          seen[mark] ??= Date.now();
        }
      }).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    return new OpenTab(browser, page);
  }

  /** Closes the tab. @returns when each mark was first on the page */
  async close(): Promise<Marks> {
    const seen = await this.#page.evaluate(
      () => (window as unknown as { seen: Record<string, number> }).seen,
    );
    await this.#browser.close();
    return new Map(Object.entries(seen));
  }
}
