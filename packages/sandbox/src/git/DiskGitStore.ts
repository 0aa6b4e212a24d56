// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommitToWrite } from './fastImport';
import { GitRepository, type LogOptions } from './GitRepository';
import { initBare } from './runGit';
import type {
  GitChange,
  GitCommitInfo,
  GitPerson,
  GitRepositoryRef,
  GitStore,
  PushEvent,
} from './types';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Bare repositories on disk, under `<folder>/<project>/<repository>.git`. */
export class DiskGitStore implements GitStore {
  readonly #folder: string;
  readonly #now: () => Date;
  readonly #repositories = new Map<
    string,
    { ref: GitRepositoryRef; repository: GitRepository }
  >();
  readonly #listeners = new Set<(event: PushEvent) => void>();

  private constructor(folder: string, now: () => Date) {
    this.#folder = folder;
    this.#now = now;
  }

  /**
   * Opens what is in `folder`.
   *
   * @param options - `now` gives the time of commits without a date
   */
  static open(
    folder: string,
    options: { now?: () => Date } = {},
  ): DiskGitStore {
    const store = new DiskGitStore(folder, options.now ?? (() => new Date()));
    mkdirSync(folder, { recursive: true });
    for (const project of readdirSync(folder)) {
      for (const name of readdirSync(join(folder, project))) {
        if (name.endsWith('.git')) {
          store.#register({ project, repository: name.slice(0, -4) });
        }
      }
    }
    return store;
  }

  list(): GitRepositoryRef[] {
    return [...this.#repositories.values()].map(({ ref }) => ({ ...ref }));
  }

  exists(ref: GitRepositoryRef): boolean {
    return this.#repositories.has(keyOf(ref));
  }

  create(ref: GitRepositoryRef, options?: { defaultBranch?: string }): void {
    for (const [field, value] of Object.entries({
      project: ref.project,
      repository: ref.repository,
    })) {
      if (!NAME.test(value) || value.endsWith('.git')) {
        throw new Error(
          `${field} "${value}" is not a name: use letters, digits, ".", "_" and "-", at most 64`,
        );
      }
    }
    if (this.exists(ref)) {
      throw new Error(`repository ${ref.project}/${ref.repository} exists`);
    }
    const dir = this.#dirOf(ref);
    mkdirSync(join(this.#folder, ref.project), { recursive: true });
    initBare(dir, options?.defaultBranch ?? 'main');
    this.#register(ref);
  }

  delete(ref: GitRepositoryRef): void {
    const dir = this.#dirOf(ref);
    if (this.#repositories.delete(keyOf(ref))) {
      rmSync(dir, { recursive: true, force: true });
    }
  }

  fromUrl(url: string): GitRepositoryRef | undefined {
    let segments: string[];
    try {
      segments = new URL(url).pathname
        .split('/')
        .filter(Boolean)
        .map(decodeURIComponent);
    } catch {
      return undefined;
    }
    const [, project, marker, name] = segments;
    if (marker !== '_git' || !name || segments.length !== 4) {
      return undefined;
    }
    const ref = { project, repository: name.replace(/\.git$/, '') };
    return this.#repositories.get(keyOf(ref))?.ref;
  }

  async resolve(
    ref: GitRepositoryRef,
    revision: string,
  ): Promise<string | undefined> {
    return this.repository(ref).resolve(revision);
  }

  async readTree(
    ref: GitRepositoryRef,
    commit: string,
    path?: string,
  ): Promise<ReadonlyMap<string, string>> {
    return this.repository(ref).readTree(commit, path);
  }

  async commit(
    ref: GitRepositoryRef,
    options: {
      branch: string;
      message: string;
      author: GitPerson;
      changes: GitChange[];
      expected?: string;
      /** Where a branch that does not exist yet begins. */
      base?: string;
    },
  ): Promise<string> {
    const { branch, message, author, changes, expected, base } = options;
    return this.repository(ref).commit({
      refName: fullName(branch),
      expected,
      base,
      commits: [{ message, author: this.#dated(author), changes }],
    });
  }

  /**
   * Writes a whole past in one go: `commits` oldest first, on top of `branch`
   * (default main). Answers the newest commit.
   */
  async importHistory(
    ref: GitRepositoryRef,
    commits: Array<{
      author: GitPerson;
      message: string;
      changes: GitChange[];
    }>,
    options: { branch?: string } = {},
  ): Promise<string> {
    if (commits.length === 0) {
      throw new Error('commits: at least one is needed');
    }
    return this.repository(ref).commit({
      refName: fullName(options.branch ?? 'main'),
      commits: commits.map(
        (commit): CommitToWrite => ({
          ...commit,
          author: this.#dated(commit.author),
        }),
      ),
    });
  }

  /** Points a tag at a commit; moves it when it exists. */
  async tag(
    ref: GitRepositoryRef,
    name: string,
    commit: string,
  ): Promise<void> {
    const repository = this.repository(ref);
    const full = `refs/tags/${name}`;
    await repository.updateRefs([
      {
        name: full,
        oldSha: (await repository.refs()).get(full),
        newSha: commit,
      },
    ]);
  }

  async log(
    ref: GitRepositoryRef,
    revision: string,
    options?: LogOptions,
  ): Promise<GitCommitInfo[]> {
    return this.repository(ref).log(revision, options);
  }

  onPush(listener: (event: PushEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The repository itself, for what the store's interface leaves out. @throws when it does not exist */
  repository(ref: GitRepositoryRef): GitRepository {
    const entry = this.#repositories.get(keyOf(ref));
    if (!entry) {
      throw new Error(
        `there is no repository ${ref.project}/${ref.repository}`,
      );
    }
    return entry.repository;
  }

  #register(ref: GitRepositoryRef): void {
    const own = { project: ref.project, repository: ref.repository };
    const repository = new GitRepository(
      this.#dirOf(ref),
      ({ name, oldSha, newSha }) => {
        const event: PushEvent = { ...own, ref: name, oldSha, newSha };
        for (const listener of this.#listeners) {
          listener(event);
        }
      },
    );
    this.#repositories.set(keyOf(ref), { ref: own, repository });
  }

  #dated(author: GitPerson): GitPerson & { date: string } {
    return { ...author, date: author.date ?? this.#now().toISOString() };
  }

  #dirOf(ref: GitRepositoryRef): string {
    const known = this.#repositories.get(keyOf(ref))?.ref ?? ref;
    return join(this.#folder, known.project, `${known.repository}.git`);
  }
}

/** Names are case-insensitive in Azure DevOps. */
function keyOf({ project, repository }: GitRepositoryRef): string {
  return `${project}/${repository}`.toLowerCase();
}

function fullName(branch: string): string {
  return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
}
