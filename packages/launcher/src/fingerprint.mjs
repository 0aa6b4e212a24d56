// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ROOT, STAMPS } from './places.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

function* files(place) {
  for (const entry of readdirSync(place, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) {
      continue;
    }
    const full = path.join(place, entry.name);
    if (entry.isDirectory()) {
      yield* files(full);
    } else if (entry.isFile()) {
      yield full;
    }
  }
}

/** One hash of the contents of files and folders, given from the repository's root. */
export function fingerprint(places) {
  const hash = createHash('sha256');
  for (const place of places) {
    const full = path.join(ROOT, place);
    if (!existsSync(full)) {
      continue;
    }
    const list = /\.[a-z]+$/.test(place) ? [full] : [...files(full)].sort();
    for (const file of list) {
      hash.update(path.relative(ROOT, file)).update('\0');
      hash.update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** True when `name` was last finished with this fingerprint. */
export function isDone(name, print) {
  const stamp = path.join(STAMPS, name);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

export function markDone(name, print) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(path.join(STAMPS, name), print);
}

export function markUndone(name) {
  rmSync(path.join(STAMPS, name), { force: true });
}
