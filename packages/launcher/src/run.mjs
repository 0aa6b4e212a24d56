// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 *
 * @returns {Promise<{code: number, output: string}>} never rejects for an exit code; `output` is stdout and stderr in order, at most the last 2 MB
 */
export function run(command, args, { cwd, env, show = false, onLine } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = chunk => {
      const text = chunk.toString();
      output = (output + text).slice(-2_000_000);
      if (show) {
        process.stdout.write(text);
      }
      if (onLine) {
        for (const line of text.split('\n')) {
          if (line.trim()) {
            onLine(line.trim());
          }
        }
      }
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const forward = signal => child.kill(signal);
    process.once('SIGINT', forward);
    process.once('SIGTERM', forward);
    const finish = code => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve({ code, output });
    };
    child.on('error', error => {
      output += String(error);
      finish(127);
    });
    child.on('close', (code, signal) => finish(code ?? (signal ? 130 : 1)));
  });
}
