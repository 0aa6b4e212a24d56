// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  GitCommitInfo,
  GitReader,
  GitRepositoryRef,
  GitStore,
} from './types';

/**
 * One repository as it was at an instant of the past, whole in memory: what
 * controllers see that live on a clock of the past and cannot wait for git.
 */
export class GitSnapshot implements GitReader {
  private constructor(
    private readonly git: GitStore,
    private readonly ref: GitRepositoryRef,
    private readonly head: GitCommitInfo,
    private readonly files: ReadonlyMap<string, string>,
  ) {}

  /**
   * @param keep which files are seen; all by default
   * @throws when the repository had no commit yet
   */
  static async at(
    git: GitStore,
    ref: GitRepositoryRef,
    instant: Date,
    keep: (path: string) => boolean = () => true,
  ): Promise<GitSnapshot> {
    const commits = await git.log(ref, 'main', { limit: 10_000 });
    const head = commits.find(
      ({ committer }) => new Date(committer.date) <= instant,
    );
    if (!head) {
      throw new Error(
        `${ref.project}/${
          ref.repository
        } has no commit before ${instant.toISOString()}`,
      );
    }
    const files = await git.readTree(ref, head.sha);
    return new GitSnapshot(
      git,
      ref,
      head,
      new Map([...files].filter(([path]) => keep(path))),
    );
  }

  /** The commit that was the newest then. */
  get sha(): string {
    return this.head.sha;
  }

  fromUrl(url: string): GitRepositoryRef | undefined {
    return this.git.fromUrl(url);
  }

  exists({ project, repository }: GitRepositoryRef): boolean {
    return project === this.ref.project && repository === this.ref.repository;
  }

  async resolve(): Promise<string> {
    return this.head.sha;
  }

  async readTree(): Promise<ReadonlyMap<string, string>> {
    return this.files;
  }

  async log(): Promise<GitCommitInfo[]> {
    return [this.head];
  }
}
