// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { fastImportStream, type CommitToWrite } from './fastImport';
import { LruCache } from './LruCache';
import { parseLog, LOG_FORMAT } from './parseLog';
import { git, GitError, tryGit } from './runGit';
import type { GitCommitInfo } from './types';

/** The object name that means "no such object". */
export const ZERO = '0'.repeat(40);

/** A branch is not where the writer thought it was. */
export class StaleReferenceError extends Error {
  readonly refName: string;
  readonly actual: string | undefined;

  constructor(refName: string, actual: string | undefined) {
    super(`${refName} is at ${actual ?? 'nothing'}, somebody else moved it`);
    this.name = 'StaleReferenceError';
    this.refName = refName;
    this.actual = actual;
  }
}

export interface TreeEntry {
  /** Path from the repository's root. */
  path: string;
  sha: string;
  mode: string;
  type: 'blob' | 'tree' | 'commit';
  /** Bytes, of blobs. */
  size: number;
}

export interface RefUpdate {
  /** Full name. */
  name: string;
  /** Undefined: the ref must not exist. */
  oldSha: string | undefined;
  /** Undefined deletes. */
  newSha: string | undefined;
}

export interface LogOptions {
  path?: string;
  limit?: number;
  skip?: number;
  /** ISO 8601. */
  since?: string;
  until?: string;
  author?: string;
  /** Commits reachable from here are left out. */
  exclude?: string;
}

interface RefValue {
  sha: string;
  /** The commit behind an annotated tag. */
  peeled: string;
}

const SHA = /^[0-9a-f]{40}$/;

/** File contents of all repositories, by object name: 64 MB at most. */
const blobs = new LruCache<Buffer>(64_000_000);

/**
 * One bare repository. Writers take turns, whether they come from inside the
 * sandbox or over HTTP, so a ref moves only while nobody else looks at it.
 */
export class GitRepository {
  readonly dir: string;
  readonly #onChange: (update: RefUpdate) => void;
  readonly #trees = new LruCache<TreeEntry[]>(200_000);
  readonly #reading = new Map<string, Promise<TreeEntry[]>>();
  readonly #texts = new LruCache<Map<string, string>>(100_000);
  readonly #logs = new LruCache<GitCommitInfo[]>(20_000);
  readonly #known = new LruCache<true>(50_000);
  #refs: Promise<Map<string, RefValue>> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dir: string, onChange: (update: RefUpdate) => void) {
    this.dir = dir;
    this.#onChange = onChange;
  }

  /** All refs by full name, with the commit that each points to. */
  async refs(): Promise<Map<string, string>> {
    const all = await this.#loadRefs();
    return new Map([...all].map(([name, value]) => [name, value.peeled]));
  }

  async resolve(revision: string): Promise<string | undefined> {
    const refs = await this.#loadRefs();
    for (const prefix of ['', 'refs/', 'refs/heads/', 'refs/tags/']) {
      const value = refs.get(prefix + revision);
      if (value) {
        return value.peeled;
      }
    }
    if (!/^[0-9a-f]{4,40}$/.test(revision)) {
      return undefined;
    }
    const isTip = [...refs.values()].some(value => value.peeled === revision);
    if (isTip || this.#known.get(revision)) {
      return revision;
    }
    const result = await tryGit(this.dir, [
      'rev-parse',
      '--verify',
      '--quiet',
      `${revision}^{commit}`,
    ]);
    if (result.code !== 0) {
      return undefined;
    }
    const sha = result.stdout.toString().trim();
    this.#known.set(sha, true);
    return sha;
  }

  /** Everything in a commit, folders included. */
  async tree(commit: string): Promise<TreeEntry[]> {
    const cached = this.#trees.get(commit);
    if (cached) {
      return cached;
    }
    // Many writers that look at the same new commit must not start git many times.
    let reading = this.#reading.get(commit);
    if (!reading) {
      reading = listTree(this.dir, commit).finally(() =>
        this.#reading.delete(commit),
      );
      this.#reading.set(commit, reading);
    }
    const entries = await reading;
    this.#trees.set(commit, entries, entries.length + 1);
    return entries;
  }

  /** Text of all files below `path`; the same map again for the same whole commit, so that others can keep what they made of it. */
  async readTree(
    commit: string,
    path = '',
  ): Promise<ReadonlyMap<string, string>> {
    const below = path.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
    let all = this.#texts.get(commit);
    if (!all) {
      const files = (await this.tree(commit)).filter(
        entry => entry.type === 'blob' && entry.mode !== '120000',
      );
      const contents = await this.blobs(files.map(file => file.sha));
      all = new Map(
        files.map(file => [file.path, contents.get(file.sha)!.toString()]),
      );
      this.#texts.set(commit, all, all.size + 1);
    }
    if (!below) {
      return all;
    }
    return new Map(
      [...all].filter(
        ([name]) => name === below || name.startsWith(`${below}/`),
      ),
    );
  }

  /** Contents by object name. @throws when one does not exist */
  async blobs(shas: string[]): Promise<Map<string, Buffer>> {
    const found = new Map<string, Buffer>();
    const missing: string[] = [];
    for (const sha of new Set(shas)) {
      const cached = blobs.get(sha);
      if (cached) {
        found.set(sha, cached);
      } else {
        missing.push(sha);
      }
    }
    if (missing.length > 0) {
      const out = await git(this.dir, ['cat-file', '--batch'], {
        input: `${missing.join('\n')}\n`,
      });
      let at = 0;
      for (const sha of missing) {
        const end = out.indexOf(0x0a, at);
        const [, type, size] = out.subarray(at, end).toString().split(' ');
        if (type !== 'blob') {
          throw new Error(`object ${sha} is not a file (${type})`);
        }
        const start = end + 1;
        // A copy, so that one small file does not keep the whole answer alive.
        const content = Buffer.from(out.subarray(start, start + Number(size)));
        blobs.set(sha, content, content.length + 100);
        found.set(sha, content);
        at = start + Number(size) + 1;
      }
    }
    return found;
  }

  /** Newest first; kept, because the history behind a commit never changes. */
  async log(
    revision: string,
    options: LogOptions = {},
  ): Promise<GitCommitInfo[]> {
    const sha = await this.resolve(revision);
    if (!sha) {
      return [];
    }
    const key = JSON.stringify([sha, options]);
    const cached = this.#logs.get(key);
    if (cached) {
      return cached;
    }
    const args = ['log', '-z', `--format=${LOG_FORMAT}`];
    const add = (flag: string, value: string | number | undefined) => {
      if (value !== undefined) {
        args.push(`${flag}=${value}`);
      }
    };
    add('--max-count', options.limit);
    add('--skip', options.skip);
    add('--since', options.since);
    add('--until', options.until);
    if (options.author) {
      args.push('--fixed-strings', '--regexp-ignore-case');
      add('--author', options.author);
    }
    args.push(sha);
    if (options.exclude) {
      args.push(`^${options.exclude}`);
    }
    args.push('--');
    const path = options.path?.replace(/^\/+|\/+$/g, '');
    if (path) {
      args.push(`:(literal)${path}`);
    }
    const commits = parseLog(await git(this.dir, args));
    this.#logs.set(key, commits, commits.length + 1);
    return commits;
  }

  /** Writes commits on a branch by compare-and-swap; answers the new tip. */
  commit(options: {
    refName: string;
    /** Where the branch must be; zeros: it must not exist. */
    expected?: string;
    /** Where a new branch begins. */
    base?: string;
    commits: CommitToWrite[];
  }): Promise<string> {
    const { refName, expected, base, commits } = options;
    return this.exclusive(async () => {
      const current = (await this.#loadRefs()).get(refName)?.sha;
      if (
        expected !== undefined &&
        (expected === ZERO ? undefined : expected) !== current
      ) {
        throw new StaleReferenceError(refName, current);
      }
      const args = [
        '-c',
        `fastimport.unpackLimit=${commits.length > 1 ? 1 : 100}`,
        'fast-import',
        '--quiet',
        '--date-format=raw',
      ];
      const result = await tryGit(this.dir, args, {
        input: fastImportStream(refName, current ?? base, commits),
      });
      if (result.code !== 0) {
        throw new GitError(args, result);
      }
      return result.stdout.toString().trim();
    });
  }

  /** Moves refs, all or none. @throws StaleReferenceError */
  updateRefs(updates: RefUpdate[]): Promise<void> {
    return this.exclusive(async () => {
      const refs = await this.#loadRefs();
      const commands = updates.map(({ name, oldSha, newSha }) => {
        const actual = refs.get(name);
        if (actual?.peeled !== oldSha) {
          throw new StaleReferenceError(name, actual?.peeled);
        }
        return newSha === undefined
          ? `delete ${name}\0${actual?.sha ?? ZERO}\0`
          : `update ${name}\0${newSha}\0${actual?.sha ?? ZERO}\0`;
      });
      await git(this.dir, ['update-ref', '--stdin', '-z'], {
        input: commands.join(''),
      });
    });
  }

  /**
   * Runs `work` while no other writer runs, and tells listeners which refs it
   * moved.
   */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      const before = await this.#loadRefs();
      let untouched = false;
      try {
        return await work();
      } catch (error) {
        // Refused before anything was written: what we know still holds.
        untouched = error instanceof StaleReferenceError;
        throw error;
      } finally {
        if (!untouched) {
          this.#refs = undefined;
          this.#announce(before, await this.#loadRefs());
        }
      }
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #announce(before: Map<string, RefValue>, after: Map<string, RefValue>): void {
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const oldSha = before.get(name)?.peeled;
      const newSha = after.get(name)?.peeled;
      if (oldSha !== newSha) {
        this.#onChange({ name, oldSha, newSha });
      }
    }
  }

  #loadRefs(): Promise<Map<string, RefValue>> {
    this.#refs ??= git(this.dir, [
      'for-each-ref',
      '--format=%(refname) %(objectname) %(*objectname)',
    ]).then(out => {
      const refs = new Map<string, RefValue>();
      for (const line of out.toString().split('\n')) {
        const [name, sha, peeled] = line.split(' ');
        if (SHA.test(sha)) {
          refs.set(name, { sha, peeled: peeled || sha });
        }
      }
      return refs;
    });
    // A failed read must not be remembered.
    this.#refs.catch(() => {
      this.#refs = undefined;
    });
    return this.#refs;
  }
}

async function listTree(gitDir: string, commit: string): Promise<TreeEntry[]> {
  const out = await git(gitDir, ['ls-tree', '-r', '-t', '-l', '-z', commit]);
  return out
    .toString()
    .split('\0')
    .filter(Boolean)
    .map((line): TreeEntry => {
      const tab = line.indexOf('\t');
      const [mode, type, sha, size] = line.slice(0, tab).split(/ +/);
      return {
        path: line.slice(tab + 1),
        sha,
        mode,
        type: type as TreeEntry['type'],
        size: size === '-' ? 0 : Number(size),
      };
    });
}
