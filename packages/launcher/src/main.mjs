#!/usr/bin/env node
// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Failure } from './failure.mjs';
import { Options } from './options.mjs';
import { Progress } from './progress.mjs';

const COMMANDS = {
  start: () => import('./commands/start.mjs').then(module => module.start),
  test: () => import('./commands/test.mjs').then(module => module.test),
  check: () => import('./commands/check.mjs').then(module => module.check),
  dev: () => import('./commands/dev.mjs').then(module => module.dev),
  bench: () => import('./commands/bench.mjs').then(module => module.bench),
  screenshots: () =>
    import('./commands/screenshots.mjs').then(module => module.screenshots),
  'sandbox:reset': () =>
    import('./commands/reset.mjs').then(module => module.reset),
};

async function main([name, ...args]) {
  const load = COMMANDS[name];
  if (!load) {
    throw new Failure(
      `There is no command "${name ?? ''}". Use one of: ${Object.keys(
        COMMANDS,
      ).join(', ')}.`,
    );
  }
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Failure(
      `Fairway needs Node 20 or newer to start, but this is ${process.version}.`,
    );
  }
  const command = await load();
  await command(new Progress(), new Options(args));
}

main(process.argv.slice(2)).then(
  () => process.exit(process.exitCode ?? 0),
  error => {
    const known = error instanceof Failure;
    if (error.log) {
      process.stderr.write(`\n${error.log}\n`);
    }
    process.stderr.write(`\n${known ? error.message : error.stack}\n`);
    process.exit(1);
  },
);
