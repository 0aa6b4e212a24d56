// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findChromium } from '../findChromium.mjs';
import { Failure } from '../failure.mjs';
import { ROOT } from '../places.mjs';
import { portsEnvironment, portsOf } from '../ports.mjs';
import { buildApp, prepare } from '../prepare.mjs';
import { duration } from '../progress.mjs';
import { run } from '../run.mjs';
import { jestTotals, playwrightTotals, tapTotals } from '../totals.mjs';

/** Ports and state of the portals that tests start, away from a running one. */
const TEST_PORTS = {
  FAIRWAY_PORT: process.env.FAIRWAY_TEST_PORT ?? '17007',
  FAIRWAY_SANDBOX_PORT: process.env.FAIRWAY_TEST_SANDBOX_PORT ?? '17100',
};

/** `npm test [-- unit|e2e]`: all hermetic tests; the last line holds the totals. */
export async function test(progress, options) {
  const only = options.rest[0];
  const tools = await prepare(progress);
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'fairway-test-'));
  const results = [];
  const suite = async (title, work) => {
    const result = await progress.step(title, async () => {
      const found = await work();
      return {
        ...found,
        detail: `${found.passed} passed, ${found.failed} failed`,
      };
    });
    if (result.failed > 0 || result.code !== 0) {
      progress.line(result.output.slice(-60_000));
    }
    for (const line of result.slowest ?? []) {
      progress.line(`    ${line}`);
    }
    results.push({ title, ...result });
  };

  if (only !== 'e2e') {
    await suite('Launcher tests', async () => {
      const { code, output } = await run(
        tools.node,
        [
          '--test',
          '--test-reporter=tap',
          'packages/launcher/src/**/*.test.mjs',
        ],
        { cwd: ROOT, env: tools.env },
      );
      return { code, output, ...tapTotals(output) };
    });
    await suite('Unit and integration tests', async () => {
      const report = path.join(scratch, 'jest.json');
      const { code, output } = await run(
        tools.node,
        [
          path.join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
          'repo',
          'test',
          '--watchAll=false',
          '--maxWorkers=2',
          // A busy machine is slow, not broken: only what hangs may fail by time.
          '--testTimeout=60000',
          '--workerIdleMemoryLimit=1500MB',
          '--json',
          `--outputFile=${report}`,
        ],
        {
          cwd: ROOT,
          env: { ...tools.env, CI: '1', BACKSTAGE_TEST_DISABLE_DOCKER: '1' },
        },
      );
      return { code, output, ...jestTotals(report) };
    });
  }

  if (only !== 'unit') {
    const chromium = findChromium();
    if (chromium) {
      const ports = portsOf({ ...process.env, ...TEST_PORTS });
      const env = {
        ...tools.env,
        ...TEST_PORTS,
        ...portsEnvironment(ports),
        FAIRWAY_STATE: path.join(scratch, 'state'),
        FAIRWAY_CHROMIUM: chromium,
      };
      await buildApp(progress, tools, env);
      await suite('Browser tests', async () => {
        const report = path.join(scratch, 'playwright.json');
        const { code, output } = await run(
          tools.node,
          [
            path.join(ROOT, 'node_modules/@playwright/test/cli.js'),
            'test',
            '--reporter=line,json',
            ...options.rest.slice(1),
          ],
          {
            cwd: ROOT,
            env: { ...env, CI: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report },
          },
        );
        return { code, output, ...playwrightTotals(report) };
      });
    } else if (process.env.CI) {
      throw new Failure(
        'No Chromium was found, and CI must run the browser tests. Install Debian\'s "chromium" or set FAIRWAY_CHROMIUM.',
      );
    } else {
      progress.line(
        '  Browser tests: SKIPPED, no Chromium was found. Install it or set FAIRWAY_CHROMIUM to its path.',
      );
    }
  }

  progress.line('\nLongest steps:');
  for (const { title, ms } of progress.longest().slice(0, 6)) {
    progress.line(`  ${duration(ms).padStart(14)}  ${title}`);
  }
  const sum = key => results.reduce((total, result) => total + result[key], 0);
  const broken = results.filter(
    result => result.code !== 0 && result.failed === 0,
  );
  for (const { title, code } of broken) {
    progress.line(
      `${title} ended with exit code ${code} though no test failed.`,
    );
  }
  if (!existsSync(scratch) || sum('passed') === 0) {
    throw new Failure('No test ran.');
  }
  progress.line(
    `\n${sum('passed')} passed, ${sum('failed') + broken.length} failed`,
  );
  process.exitCode = sum('failed') + broken.length > 0 ? 1 : 0;
}
