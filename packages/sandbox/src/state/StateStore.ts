// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import Database from 'better-sqlite3';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../StartFailure';

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
    // One process at a time: two sandboxes would overwrite each other.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    db.exec(
      'CREATE TABLE IF NOT EXISTS documents (collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (collection, key)) WITHOUT ROWID',
    );
  }

  /**
   * Opens (or makes) the state in `folder`.
   *
   * @throws StartFailure when the file is damaged or in use; it is never replaced by an empty one
   */
  static open(folder: string): StateStore {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'state.sqlite');
    const isNew = !existsSync(file);
    let db: Database.Database | undefined;
    try {
      db = new Database(file, { timeout: 1000 });
      const store = new StateStore(db);
      const [damage] = isNew ? [] : damageOf(db);
      if (damage) {
        throw unreadable(file, damage);
      }
      return store;
    } catch (error) {
      db?.close();
      if (error instanceof StartFailure) {
        throw error;
      }
      const { code = '', message } = error as {
        code?: string;
        message: string;
      };
      throw code.startsWith('SQLITE_BUSY')
        ? new StartFailure(
            `${file} is in use by another sandbox. Stop that one first, or start this one with another folder in FAIRWAY_STATE.`,
          )
        : unreadable(file, message);
    }
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
        all
          .all(name)
          .map(row => [row.key, parsed<T>(this.#db.name, name, row)]),
      put: (key, value) => void put.run(name, key, JSON.stringify(value)),
      delete: key => void remove.run(name, key),
    };
  }

  /**
   * Writes all of a long piece of work at its end, or nothing of it: faster
   * than one by one, for work that is begun anew when it is cut off.
   */
  async batch<T>(work: () => Promise<T>): Promise<T> {
    this.#db.exec('BEGIN');
    let result: T;
    try {
      result = await work();
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
    // What was written twice, to the log and to the file, need not stay twice.
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return result;
  }

  close(): void {
    this.#db.close();
  }
}

function unreadable(file: string, why: string): StartFailure {
  return new StartFailure(
    `The sandbox's memory ${file} cannot be read: ${why}. Put back a copy of the file, or begin anew with "npm run sandbox:reset".`,
  );
}

/** What SQLite finds wrong with the file; nothing when all is well. */
function damageOf(db: Database.Database): string[] {
  return db
    .prepare<[], { quick_check: string }>('PRAGMA quick_check(1)')
    .all()
    .map(row => row.quick_check)
    .filter(text => text !== 'ok');
}

function parsed<T>(
  file: string,
  collection: string,
  row: { key: string; value: string },
): T {
  try {
    return JSON.parse(row.value) as T;
  } catch {
    throw unreadable(file, `"${row.key}" of ${collection} is no JSON`);
  }
}
