// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(
  /[/\\]$/,
  '',
);

/** Tools and stamps of this checkout; not part of what a sandbox reset empties. */
export const TOOLS = path.join(ROOT, '.fairway', 'tools');
export const STAMPS = path.join(ROOT, '.fairway', 'stamps');

/** The folder that holds one portal's state: sandbox world, databases, logs. */
export function stateFolder(env = process.env) {
  return path.resolve(ROOT, env.FAIRWAY_STATE ?? '.fairway/state');
}
