// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseOptions } from './parseOptions';
import { startSandbox } from './Sandbox';
import { StartFailure } from './StartFailure';

async function main(): Promise<void> {
  const sandbox = await startSandbox(
    parseOptions(process.argv.slice(2), process.env),
  );
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
  process.stderr.write(
    `${error instanceof StartFailure ? error.message : error.stack}\n`,
  );
  process.exit(1);
});
