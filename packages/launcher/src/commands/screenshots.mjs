// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Failure } from '../failure.mjs';
import { findChromium } from '../findChromium.mjs';
import { portsEnvironment } from '../ports.mjs';
import { prepare } from '../prepare.mjs';
import { runScript } from '../script.mjs';
import { withNewPortal } from '../withNewPortal.mjs';

/** `npm run screenshots`: the pictures in docs/images, taken anew from a new world. */
export async function screenshots(progress) {
  const chromium = findChromium();
  if (!chromium) {
    throw new Failure(
      'No Chromium was found to take pictures with. Install it or set FAIRWAY_CHROMIUM to its path.',
    );
  }
  const tools = await prepare(progress);
  process.exitCode = await withNewPortal({ progress, tools }, ports =>
    runScript(
      {
        node: tools.node,
        env: {
          ...tools.env,
          ...portsEnvironment(ports),
          FAIRWAY_CHROMIUM: chromium,
        },
      },
      'packages/app/screenshots/takeScreenshots.ts',
      [],
    ),
  );
}
