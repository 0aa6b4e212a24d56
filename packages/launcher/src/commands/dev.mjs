// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT, stateFolder } from '../places.mjs';
import { checkPorts, portsOf } from '../ports.mjs';
import { Portal } from '../portal.mjs';
import { prepare } from '../prepare.mjs';

/** `npm run dev`: the sandbox, with app (port 3000) and backend reloading as files change. */
export async function dev(progress, options) {
  const ports = portsOf();
  await checkPorts(ports);
  const tools = await prepare(progress);
  const portal = new Portal({
    tools,
    ports,
    state: stateFolder(),
    speed: options.number('speed', 1),
  });
  await progress.step('Sandbox', () => portal.startSandbox());
  portal.makeBackendFolders();
  const child = spawn(
    tools.node,
    [
      path.join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'repo',
      'start',
      // Whole paths: each package resolves them from its own folder.
      ...[
        'app-config.yaml',
        'packages/sandbox/app-config.sandbox.yaml',
        'packages/sandbox/app-config.dev.yaml',
      ].flatMap(file => ['--config', path.join(ROOT, file)]),
    ],
    {
      cwd: ROOT,
      env: { ...portal.env, NODE_ENV: 'development' },
      stdio: 'inherit',
    },
  );
  // Ctrl-C reaches the child by the terminal; we only wait for it and tidy up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  await new Promise(resolve => {
    child.once('exit', resolve);
  });
  await portal.stop();
}
