// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { rmSync } from 'node:fs';
import { Failure } from '../failure.mjs';
import { stateFolder } from '../places.mjs';
import { checkPorts, portsOf } from '../ports.mjs';

/** `npm run sandbox:reset`: the next start is born new. Tools and built app stay. */
export async function reset(progress) {
  await checkPorts(portsOf()).catch(error => {
    throw new Failure(
      'Stop the running portal first (Ctrl-C in its terminal), then reset.',
      { cause: error },
    );
  });
  rmSync(stateFolder(), { recursive: true, force: true });
  progress.line('The sandbox is empty. "npm start" makes a new world.');
}
