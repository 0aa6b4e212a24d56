// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { StoreEvent } from '../types';

/** Tells everybody of one change before the next, also when a listener writes. */
export class Notifier {
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #pending: StoreEvent[] = [];
  #telling = false;

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(event: StoreEvent): void {
    this.#pending.push(event);
    if (this.#telling) {
      return;
    }
    this.#telling = true;
    try {
      for (
        let next = this.#pending.shift();
        next;
        next = this.#pending.shift()
      ) {
        for (const listener of this.#listeners) {
          listener(next);
        }
      }
    } finally {
      this.#telling = false;
    }
  }
}
