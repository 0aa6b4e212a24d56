// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { Clock } from '../../clock';
import type {
  GitChange,
  GitCommitInfo,
  GitRepositoryRef,
  GitStore,
  PushEvent,
} from '../../git/types';

interface Commit {
  info: GitCommitInfo;
  files: Map<string, string>;
}

/** One repository in memory, so that tests that own the clock wait for no process. */
export class MemoryGit implements GitStore {
  readonly #commits = new Map<string, Commit>();
  readonly #branches = new Map<string, string>();
  readonly #listeners = new Set<(event: PushEvent) => void>();
  readonly ref: GitRepositoryRef = {
    project: 'platform',
    repository: 'gitops',
  };
  readonly url = 'http://localhost:7110/fairway/platform/_git/gitops';
  readonly #clock: Clock;
  /** How often a whole tree was read. */
  reads = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Commits the files to main: undefined removes one, the rest stays. */
  push(message: string, files: Record<string, string | undefined>): string {
    const parent = this.#branches.get('refs/heads/main');
    const tree = new Map(parent ? this.#commits.get(parent)!.files : []);
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) {
        tree.delete(path);
      } else {
        tree.set(path, content);
      }
    }
    const sha = createHash('sha1')
      .update(`${parent}${message}${JSON.stringify([...tree])}`)
      .digest('hex');
    const person = {
      name: 'Dev A',
      email: 'dev-a@example.com',
      date: '2026-11-20T09:00:00Z',
    };
    this.#commits.set(sha, {
      files: tree,
      info: {
        sha,
        parents: parent ? [parent] : [],
        author: person,
        committer: person,
        message,
      },
    });
    this.#branches.set('refs/heads/main', sha);
    for (const listener of this.#listeners) {
      listener({
        ...this.ref,
        ref: 'refs/heads/main',
        oldSha: parent,
        newSha: sha,
      });
    }
    return sha;
  }

  list(): GitRepositoryRef[] {
    return [this.ref];
  }

  exists(ref: GitRepositoryRef): boolean {
    return ref.repository === this.ref.repository;
  }

  create(): void {
    throw new Error('there is one repository');
  }

  delete(): void {
    throw new Error('there is one repository');
  }

  fromUrl(url: string): GitRepositoryRef | undefined {
    const [, project, repository] =
      /\/fairway\/([^/]+)\/_git\/([^/]+)$/.exec(url) ?? [];
    return project ? { project, repository } : undefined;
  }

  async resolve(
    _: GitRepositoryRef,
    revision: string,
  ): Promise<string | undefined> {
    // A remote does not answer at once: what runs meanwhile sees the old state.
    await this.#clock.sleep(20);
    return (
      this.#branches.get(revision) ??
      (this.#commits.has(revision) ? revision : undefined)
    );
  }

  async readTree(
    _: GitRepositoryRef,
    commit: string,
  ): Promise<Map<string, string>> {
    this.reads += 1;
    return this.#commits.get(commit)!.files;
  }

  async commit(
    _: GitRepositoryRef,
    options: { message: string; changes: GitChange[] },
  ): Promise<string> {
    return this.push(
      options.message,
      Object.fromEntries(
        options.changes.map(({ path, content }) => [path, content?.toString()]),
      ),
    );
  }

  async log(_: GitRepositoryRef, revision: string): Promise<GitCommitInfo[]> {
    return [this.#commits.get(revision)!.info];
  }

  onPush(listener: (event: PushEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
