// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure, explain, tail } from './failure.mjs';
import { fingerprint, isDone, markDone, markUndone } from './fingerprint.mjs';
import { ROOT } from './places.mjs';
import { duration } from './progress.mjs';
import { run } from './run.mjs';
import { ensureToolchain } from './toolchain.mjs';

function workspaces() {
  return ['packages', 'plugins'].flatMap(folder =>
    readdirSync(path.join(ROOT, folder))
      .map(name => `${folder}/${name}`)
      .filter(place => existsSync(path.join(ROOT, place, 'package.json'))),
  );
}

/** Toolchain and packages: what every command needs. Skips what is done. */
export async function prepare(progress) {
  const tools = await progress.step('Node 24 and yarn', async () => {
    const found = await ensureToolchain();
    return {
      ...found,
      detail: found.downloadMs
        ? `downloads ${duration(found.downloadMs)}`
        : 'already here',
    };
  });
  const print = fingerprint([
    'yarn.lock',
    'package.json',
    ...workspaces().map(place => `${place}/package.json`),
  ]);
  const installed = existsSync(path.join(ROOT, 'node_modules/.yarn-state.yml'));
  if (!installed || !isDone('install', print)) {
    await progress.step('Packages', async note => {
      markUndone('install');
      let fetching = '';
      const [node, yarn] = tools.yarn;
      const { code, output } = await run(
        node,
        [yarn, 'install', '--immutable'],
        {
          cwd: ROOT,
          env: { ...tools.env, CI: '1', YARN_ENABLE_PROGRESS_BARS: '0' },
          onLine: line => {
            const text = line.replace(/^➤ YN\d+: [┌│└·] ?/, '');
            if (/step$/.test(text)) {
              note(text.toLowerCase());
              fetching = /Fetch/.test(text) ? 'now' : fetching && 'over';
            }
          },
        },
      );
      if (code !== 0) {
        throw new Failure(explain('Installing packages', output), {
          log: tail(output),
        });
      }
      markDone('install', print);
      const fetched = /Fetch step[\s\S]*?Completed(?: in ([^\n]+))?/.exec(
        output,
      );
      return {
        detail: fetched?.[1] ? `of it downloads ${fetched[1].trim()}` : '',
      };
    });
  }
  return tools;
}

/** Packages whose code ends in the browser, by their role. */
function browserPlaces() {
  return workspaces().filter(place => {
    const { backstage } = JSON.parse(
      readFileSync(path.join(ROOT, place, 'package.json'), 'utf8'),
    );
    return /^(frontend|web-library|common-library)/.test(backstage?.role ?? '');
  });
}

/** Builds the app when something that it is made of has changed. */
export async function buildApp(progress, tools, env) {
  const print = fingerprint([
    'yarn.lock',
    'app-config.yaml',
    ...browserPlaces(),
  ]);
  const built = existsSync(path.join(ROOT, 'packages/app/dist/index.html'));
  if (built && isDone('app', print)) {
    return;
  }
  await progress.step('Building the app', async () => {
    markUndone('app');
    const { code, output } = await run(
      tools.node,
      [
        path.join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'package',
        'build',
        '--config',
        path.join(ROOT, 'app-config.yaml'),
        '--config',
        path.join(ROOT, 'packages/sandbox/app-config.sandbox.yaml'),
      ],
      {
        cwd: path.join(ROOT, 'packages/app'),
        env: { ...tools.env, ...env, NODE_ENV: 'production', CI: '' },
      },
    );
    if (code !== 0) {
      throw new Failure(explain('Building the app', output), {
        log: tail(output, 40),
      });
    }
    markDone('app', print);
  });
}
