// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** JSON documents of one kind, by key. Reads come from the caller's own memory: load once, then write through. */
export interface Collection<T> {
  entries(): Array<[string, T]>;
  put(key: string, value: T): void;
  delete(key: string): void;
}

/**
 * The sandbox's memory across restarts: one SQLite file under the state
 * folder. A kill -9 loses at most the write in flight.
 */
export class StateStore {
  readonly #db: Database.Database;

  private constructor(db: Database.Database) {
    this.#db = db;
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    db.exec(
      'CREATE TABLE IF NOT EXISTS documents (collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (collection, key)) WITHOUT ROWID',
    );
  }

  /** Opens (or makes) the state in `folder`. */
  static open(folder: string): StateStore {
    mkdirSync(folder, { recursive: true });
    return new StateStore(new Database(join(folder, 'state.sqlite')));
  }

  /** State that ends with the process, for tests. */
  static inMemory(): StateStore {
    return new StateStore(new Database(':memory:'));
  }

  collection<T>(name: string): Collection<T> {
    const all = this.#db.prepare<[string], { key: string; value: string }>(
      'SELECT key, value FROM documents WHERE collection = ? ORDER BY key',
    );
    const put = this.#db.prepare(
      'INSERT INTO documents (collection, key, value) VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET value = excluded.value',
    );
    const remove = this.#db.prepare(
      'DELETE FROM documents WHERE collection = ? AND key = ?',
    );
    return {
      entries: () =>
        all.all(name).map(row => [row.key, JSON.parse(row.value) as T]),
      put: (key, value) => void put.run(name, key, JSON.stringify(value)),
      delete: key => void remove.run(name, key),
    };
  }

  /** Empties every collection whose name begins with `prefix`. */
  clear(prefix: string): void {
    this.#db
      .prepare('DELETE FROM documents WHERE substr(collection, 1, ?) = ?')
      .run(prefix.length, prefix);
  }

  /** Groups many writes into one transaction. */
  transaction(work: () => void): void {
    this.#db.transaction(work)();
  }

  close(): void {
    this.#db.close();
  }
}
