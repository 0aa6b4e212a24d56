// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './places.mjs';

/** What Node loads first, to read TypeScript and to end with its launcher. */
export const PRELOADS = [
  '--require',
  path.join(ROOT, 'packages/launcher/src/followParent.cjs'),
  '--require',
  path.join(ROOT, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
];

/**
 * Runs a TypeScript file of this repository to its end, on our terminal.
 *
 * @returns {Promise<number>} its exit code
 */
export function runScript({ node, env, nodeArgs = [] }, file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      node,
      [...PRELOADS, ...nodeArgs, path.join(ROOT, file), ...args],
      { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    const forward = signal => child.kill(signal);
    process.once('SIGINT', forward);
    process.once('SIGTERM', forward);
    child.once('error', reject);
    child.once('exit', code => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(code ?? 130);
    });
  });
}
