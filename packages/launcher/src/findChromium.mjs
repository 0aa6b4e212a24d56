// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser of this machine, or the one that FAIRWAY_CHROMIUM names. @returns {string | undefined} */
export function findChromium() {
  return [process.env.FAIRWAY_CHROMIUM, ...PLACES].find(
    place => place && existsSync(place),
  );
}
