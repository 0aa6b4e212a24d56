// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { defineConfig } from '@playwright/test';

// The launcher sets the browser, the ports and the state folder: see
// packages/launcher/src/commands/test.mjs.
export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  testMatch: '*.test.ts',
  outputDir: 'test-results',
  // One portal on two cores: side by side, journeys would only slow each other.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    viewport: { width: 1280, height: 900 },
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.FAIRWAY_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
      ],
    },
  },
});
