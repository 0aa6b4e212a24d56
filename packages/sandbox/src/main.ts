// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { startSandbox } from './Sandbox';

const { values } = parseArgs({
  options: { speed: { type: 'string', default: '1' } },
  strict: false,
});

async function main(): Promise<void> {
  const sandbox = await startSandbox({
    dir: join(process.env.FAIRWAY_STATE ?? '.fairway/state', 'sandbox'),
    basePort: Number(process.env.FAIRWAY_SANDBOX_PORT ?? 7100),
    speed: Number(values.speed),
  });
  process.stdout.write(`sandbox ready: ${sandbox.controlUrl}\n`);
  let stopping = false;
  const stop = () => {
    if (!stopping) {
      stopping = true;
      sandbox.stop().finally(() => process.exit(0));
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
