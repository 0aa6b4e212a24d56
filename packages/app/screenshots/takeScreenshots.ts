// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { createService } from './createService';

// `npm run screenshots`: the pictures of the documentation, taken from the portal
// that the launcher has started on a new world.

const OUT = path.resolve(__dirname, '../../../docs/images');
const SIZES = [
  { width: 1280, height: 860 },
  { width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'] as const;
const PATIENCE_MS = 30_000;

interface Picture {
  name: string;
  path: string;
  /** Signed in as Alex, a developer; the sign-in page is for nobody yet. */
  signedIn: boolean;
  /** Brings the page to what the picture shows, and waits for it. */
  ready(page: Page): Promise<void>;
}

async function see(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

function pictures(taskId: string): Picture[] {
  return [
    {
      name: 'sign-in',
      path: '/',
      signedIn: false,
      ready: page => see(page, 'Alex'),
    },
    {
      name: 'home',
      path: '/',
      signedIn: true,
      ready: page =>
        page.getByRole('link', { name: 'payments' }).first().waitFor(),
    },
    {
      name: 'create',
      path: '/create/templates/default/node-service',
      signedIn: true,
      async ready(page) {
        await page.getByLabel(/^Name/).first().fill('basket');
        await page
          .getByLabel(/^What it does/)
          .first()
          .fill('Holds what a customer is about to buy');
        await page
          .getByLabel(/^What it does/)
          .first()
          .blur();
        await page.getByText(/^Checking/).waitFor({ state: 'detached' });
      },
    },
    {
      name: 'task',
      path: `/create/tasks/${taskId}`,
      signedIn: true,
      ready: page => see(page, /checkout/),
    },
    {
      name: 'deployments',
      path: '/catalog/default/component/orders/deployments',
      signedIn: true,
      ready: page => see(page, '1.5.0'),
    },
  ];
}

async function take(
  browser: Browser,
  portalUrl: string,
  picture: Picture,
  size: (typeof SIZES)[number],
  colorScheme: (typeof SCHEMES)[number],
): Promise<number> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  try {
    const page = await context.newPage();
    await page.goto(portalUrl + picture.path);
    if (picture.signedIn) {
      await page.getByRole('button', { name: /Alex/ }).click();
      await page.getByRole('navigation').first().waitFor();
      // Away from what is now where the button was.
      await page.mouse.move(0, 0);
    }
    await picture.ready(page);
    // Pictures and fonts that are still on their way would be missing.
    await page.evaluate(() => document.fonts.ready);
    // A bar with a value is a figure, one without means that something still loads.
    await page
      .locator('[role=progressbar]:not([aria-valuenow])')
      .first()
      .waitFor({ state: 'detached' });
    const file = path.join(
      OUT,
      `${picture.name}-${size.width}-${colorScheme}.png`,
    );
    await page.screenshot({
      path: file,
      animations: 'disabled',
      caret: 'hide',
    });
    return statSync(file).size;
  } finally {
    await context.close();
  }
}

async function main(): Promise<void> {
  const portalUrl = `http://localhost:${process.env.FAIRWAY_PORT}`;
  mkdirSync(OUT, { recursive: true });
  const taskId = await createService(portalUrl);
  const browser = await chromium.launch({
    executablePath: process.env.FAIRWAY_CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  let bytes = 0;
  let count = 0;
  try {
    for (const picture of pictures(taskId)) {
      for (const size of SIZES) {
        for (const colorScheme of SCHEMES) {
          bytes += await take(browser, portalUrl, picture, size, colorScheme);
          count++;
        }
      }
      process.stdout.write(`  ${picture.name}\n`);
    }
  } finally {
    await browser.close();
  }
  process.stdout.write(
    `${count} pictures, ${(bytes / 1e6).toFixed(1)} MB, in docs/images.\n`,
  );
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`\n${error.stack}\n`);
    process.exit(1);
  },
);
