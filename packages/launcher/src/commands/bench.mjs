// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Failure } from '../failure.mjs';
import { findChromium } from '../findChromium.mjs';
import { portsEnvironment } from '../ports.mjs';
import { prepare } from '../prepare.mjs';
import { Progress } from '../progress.mjs';
import { runScript } from '../script.mjs';
import { withNewPortal } from '../withNewPortal.mjs';

const BENCHES = ['watch', 'open'];

/** `npm run bench -- watch|open [--json]`: exit code 1 when a target is missed. */
export async function bench(_progress, options) {
  const [name, ...more] = options.rest;
  if (!BENCHES.includes(name) || more.length > 0) {
    throw new Failure(
      `Which bench? Use one of: ${BENCHES.map(
        known => `npm run bench -- ${known}`,
      ).join(', ')}; with --json for one object a line.`,
    );
  }
  // What is printed as a result may be read by a program.
  const progress = new Progress(process.stderr);
  const tools = await prepare(progress);
  const measure = env =>
    runScript(
      // Many objects need room on the side that plays the cluster.
      { node: tools.node, env, nodeArgs: ['--max-old-space-size=4096'] },
      'packages/bench/src/main.ts',
      options.args,
    );
  process.exitCode =
    name === 'watch'
      ? await measure(tools.env)
      : await withNewPortal(
          {
            progress,
            tools,
            // The stock Kubernetes plugin stands beside ours on the same clusters.
            configs: ['packages/bench/app-config.bench.yaml'],
          },
          ports =>
            measure({
              ...tools.env,
              ...portsEnvironment(ports),
              FAIRWAY_CHROMIUM: findChromium() ?? '',
            }),
        );
}
