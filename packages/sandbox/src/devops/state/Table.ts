// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Collection, StateStore } from '../../state';

/** Documents by id: read from memory, written through to the state. */
export class Table<T extends { id: string | number }> {
  readonly #rows = new Map<string, T>();
  readonly #stored: Collection<T>;

  constructor(state: StateStore, name: string) {
    this.#stored = state.collection<T>(name);
    for (const [key, row] of this.#stored.entries()) {
      this.#rows.set(key, row);
    }
  }

  all(): T[] {
    return [...this.#rows.values()];
  }

  get(id: string | number): T | undefined {
    return this.#rows.get(keyOf(id));
  }

  put(row: T): T {
    this.#rows.set(keyOf(row.id), row);
    this.#stored.put(keyOf(row.id), row);
    return row;
  }

  delete(id: string | number): boolean {
    this.#stored.delete(keyOf(id));
    return this.#rows.delete(keyOf(id));
  }

  /** The number after the highest in use. */
  nextId(): number {
    let highest = 0;
    for (const row of this.#rows.values()) {
      highest = Math.max(highest, Number(row.id));
    }
    return highest + 1;
  }
}

/** Numbers sort as numbers. */
function keyOf(id: string | number): string {
  return typeof id === 'number' ? String(id).padStart(9, '0') : id;
}
