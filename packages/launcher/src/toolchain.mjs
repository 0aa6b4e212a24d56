// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Failure, explain, tail } from './failure.mjs';
import { ROOT, TOOLS } from './places.mjs';
import { run } from './run.mjs';

/** The Node that Backstage 1.55 and our native modules are tested with. */
export const NODE_VERSION = '24.21.0';
export const YARN_VERSION = '4.18.1';

/** npm's package with the Node binary of a system. */
export function nodePackage(platform = process.platform, arch = process.arch) {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'win' }[platform];
  if (!os || !['x64', 'arm64'].includes(arch)) {
    throw new Failure(
      `There is no ready-made Node 24 for ${platform}/${arch}. Install Node 24 yourself and start again.`,
    );
  }
  return `node-${os}-${arch}`;
}

/** npm as the one that runs us, else the one on the PATH. */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.js$/.test(script)
    ? [process.execPath, [script]]
    : ['npm', []];
}

/**
 * Finds Node 24 and yarn, or gets them from the npm registry into the tools folder.
 *
 * @returns {Promise<{node: string, yarn: string[], env: object, downloadMs: number}>} `yarn` is the command line to run yarn
 */
export async function ensureToolchain() {
  const own = process.versions.node.startsWith('24.');
  const name = own ? undefined : nodePackage();
  const binary = process.platform === 'win32' ? 'node.exe' : 'bin/node';
  const node = own
    ? process.execPath
    : path.join(TOOLS, 'node_modules', name, binary);
  const yarn = path.join(
    TOOLS,
    'node_modules',
    '@yarnpkg',
    'cli-dist',
    'bin',
    'yarn.js',
  );
  let downloadMs = 0;
  if (!existsSync(node) || !existsSync(yarn)) {
    mkdirSync(TOOLS, { recursive: true });
    const [command, prefix] = npmCommand();
    const started = Date.now();
    const { code, output } = await run(
      command,
      [
        ...prefix,
        'install',
        '--prefix',
        TOOLS,
        '--no-save',
        '--no-package-lock',
        '--no-audit',
        '--no-fund',
        ...(name ? [`${name}@${NODE_VERSION}`] : []),
        `@yarnpkg/cli-dist@${YARN_VERSION}`,
      ],
      { cwd: TOOLS },
    );
    downloadMs = Date.now() - started;
    if (code !== 0 || !existsSync(node) || !existsSync(yarn)) {
      throw new Failure(explain('Getting Node 24 and yarn', output), {
        log: tail(output),
      });
    }
  }
  const env = {
    ...process.env,
    PATH: [
      path.dirname(node),
      path.join(ROOT, 'node_modules', '.bin'),
      process.env.PATH,
    ].join(path.delimiter),
    NODE_NO_WARNINGS: '1',
  };
  return { node, yarn: [node, yarn], env, downloadMs };
}
