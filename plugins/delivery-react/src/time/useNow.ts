// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useSyncExternalStore } from 'react';

/** Ages are shown in coarse steps: one shared timer for all of them is enough. */
const STEP_MS = 10_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function tick() {
  now = Date.now();
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(tick, STEP_MS);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function read(): number {
  // Without a running timer the value would be as old as the last page.
  if (timer === undefined && Date.now() - now >= STEP_MS) {
    now = Date.now();
  }
  return now;
}

/** The present, in milliseconds since 1970, renewed every 10 s for all ages on a page at once. @public */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, read);
}
