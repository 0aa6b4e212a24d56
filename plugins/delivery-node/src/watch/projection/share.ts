// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Enough for the names of a large organisation; who is full begins anew, so that old ones do not stay for ever. */
const MOST_SHARED = 50_000;
const strings = new Map<string, string>();
const values = new Map<string, unknown>();

/** One string for equal texts: names repeat in thousands of objects. */
export function intern(value: string): string {
  return remember(strings, value, value);
}

/** One frozen object for equal ones: thousands of objects refer to the same source. */
export function share<T extends object>(value: T): T {
  Object.freeze(value);
  return remember(values, JSON.stringify(value), value) as T;
}

function remember<T>(known: Map<string, T>, key: string, value: T): T {
  const found = known.get(key);
  if (found !== undefined) {
    return found;
  }
  if (known.size >= MOST_SHARED) {
    known.clear();
  }
  known.set(key, value);
  return value;
}
