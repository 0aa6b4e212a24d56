// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export interface GitPerson {
  name: string;
  email: string;
  /** ISO 8601. */
  date?: string;
}

export interface GitChange {
  /** Path from the repository's root, without a leading slash. */
  path: string;
  /** Undefined deletes the file. */
  content?: string | Buffer;
  mode?: '100644' | '100755';
}

export interface GitCommitInfo {
  sha: string;
  parents: string[];
  author: Required<GitPerson>;
  committer: Required<GitPerson>;
  message: string;
}

/** A bare repository on disk, named as in its URL: `<project>/<repository>`. */
export interface GitRepositoryRef {
  project: string;
  repository: string;
}

export interface PushEvent extends GitRepositoryRef {
  /** Full name: refs/heads/main. */
  ref: string;
  oldSha: string | undefined;
  newSha: string | undefined;
}

/** What the controllers of Flux need of git. */
export type GitReader = Pick<
  GitStore,
  'fromUrl' | 'exists' | 'resolve' | 'readTree' | 'log'
>;

/**
 * The sandbox's git repositories. Every read and write goes through git
 * itself, so that what a plain `git clone` sees is what the controllers see.
 */
export interface GitStore {
  list(): GitRepositoryRef[];
  exists(ref: GitRepositoryRef): boolean;
  create(ref: GitRepositoryRef, options?: { defaultBranch?: string }): void;
  delete(ref: GitRepositoryRef): void;
  /** The repository that a clone URL names, if it is one of ours (any host, path `/<org>/<project>/_git/<repository>`). */
  fromUrl(url: string): GitRepositoryRef | undefined;
  /** The commit that a branch, tag or full ref points to. */
  resolve(ref: GitRepositoryRef, revision: string): Promise<string | undefined>;
  /** All files of a commit below `path`, by path from the repository's root. Cached by commit. */
  readTree(
    ref: GitRepositoryRef,
    commit: string,
    path?: string,
  ): Promise<ReadonlyMap<string, string>>;
  /**
   * Commits `changes` on top of `branch` and moves it by compare-and-swap.
   *
   * @throws when `expected` is given and the branch is elsewhere
   */
  commit(
    ref: GitRepositoryRef,
    options: {
      branch: string;
      message: string;
      author: GitPerson;
      changes: GitChange[];
      expected?: string;
    },
  ): Promise<string>;
  /** Newest first. */
  log(
    ref: GitRepositoryRef,
    revision: string,
    options?: { path?: string; limit?: number; skip?: number },
  ): Promise<GitCommitInfo[]>;
  onPush(listener: (event: PushEvent) => void): () => void;
}
