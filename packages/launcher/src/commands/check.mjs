// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import path from 'node:path';
import { Failure } from '../failure.mjs';
import { ROOT } from '../places.mjs';
import { prepare } from '../prepare.mjs';
import { run } from '../run.mjs';

const CHECKS = [
  ['Types', ['typescript/bin/tsc', '--noEmit']],
  [
    'Lint',
    ['@backstage/cli/bin/backstage-cli', 'repo', 'lint', '--maxWarnings', '0'],
  ],
  [
    'Format',
    ['prettier/bin-prettier.js', '--check', '--loglevel', 'warn', '.'],
  ],
  [
    'House rules',
    [
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'packages',
      'plugins',
    ],
  ],
  ['Unused code', ['knip/bin/knip.js', '--no-progress']],
];

/** `npm run check`: types, lint, format, house rules, unused code. Runs all, then fails if one did. */
export async function check(progress) {
  const tools = await prepare(progress);
  const failed = [];
  for (const [title, [script, ...args]] of CHECKS) {
    await progress
      .step(title, async () => {
        const { code, output } = await run(
          tools.node,
          [path.join(ROOT, 'node_modules', script), ...args],
          { cwd: ROOT, env: tools.env },
        );
        if (code !== 0) {
          throw new Failure(title, { log: output });
        }
      })
      .catch(error => {
        progress.line(error.log?.trimEnd() ?? String(error));
        failed.push(title);
      });
  }
  if (failed.length > 0) {
    throw new Failure(`Not clean: ${failed.join(', ')}.`);
  }
  progress.line('All clean.');
}
