// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { DeploymentCommit } from '@fairway/plugin-flux-common';
import { LRUCache } from 'lru-cache';
import type { GitOpsSource, GitOpsSources } from '../sources/GitOpsSource';
import { SourceError } from '../sources/SourceError';
import { readRenderedPaths, type RenderedPaths } from './readRenderedPaths';

/** Two regions render the same files: an answer should live as long as it takes to ask for all of one cluster. */
const REMEMBERED = 10_000;

/**
 * Asks hosts of repositories, each question once: what a commit holds never
 * changes, so answers are kept, and whoever asks while the answer is under way
 * waits for the same one.
 */
export class RepositoryReader {
  readonly #sources: GitOpsSources;
  readonly #answers = new LRUCache<string, Promise<unknown>>({
    max: REMEMBERED,
  });

  private constructor(sources: GitOpsSources) {
    this.#sources = sources;
  }

  static create(sources: GitOpsSources): RepositoryReader {
    return new RepositoryReader(sources);
  }

  /** Whether an adapter can read this repository. */
  knows(repository: string): boolean {
    return this.#sources.forRepository(repository) !== undefined;
  }

  /** Why its host does not answer; undefined when nothing is wrong. */
  status(repository: string): SourceStatus | undefined {
    return this.#sources.forRepository(repository)?.status();
  }

  /** @throws SourceError */
  changedPaths(options: {
    repository: string;
    from: string;
    to: string;
  }): Promise<string[] | 'everything'> {
    const { repository, from, to } = options;
    return this.#once(['changed', repository, from, to], () =>
      this.#source(repository).changedPaths({ from, to }),
    );
  }

  /** @throws SourceError */
  renderedPaths(options: {
    repository: string;
    path: string;
    at: string;
  }): Promise<RenderedPaths> {
    const { repository, path, at } = options;
    const source = this.#source(repository);
    const remembering: Pick<GitOpsSource, 'readFile'> = {
      readFile: file =>
        this.#once(['file', repository, file.at, file.path], () =>
          source.readFile(file),
        ),
    };
    return this.#once(['rendered', repository, at, path], () =>
      readRenderedPaths(remembering, { path, at }),
    );
  }

  /** The newest commit up to `at` that touched any of `paths`. @throws SourceError */
  async newestCommit(options: {
    repository: string;
    paths: string[];
    at: string;
    until?: string;
  }): Promise<DeploymentCommit | undefined> {
    const { repository, at, until } = options;
    let newest: DeploymentCommit | undefined;
    for (const path of options.paths) {
      const commit = await this.#once(
        ['commit', repository, at, until ?? '', path],
        () => this.#source(repository).newestCommit({ path, at, until }),
      );
      if (
        commit &&
        (!newest || Date.parse(commit.date) > Date.parse(newest.date))
      ) {
        newest = commit;
      }
    }
    return newest;
  }

  #source(repository: string): GitOpsSource {
    const source = this.#sources.forRepository(repository);
    if (!source) {
      throw new SourceError(
        'unexpected',
        `No host in integrations.azure serves ${repository}`,
      );
    }
    return source;
  }

  #once<T>(question: string[], ask: () => Promise<T>): Promise<T> {
    const key = question.join('\n');
    const known = this.#answers.get(key) as Promise<T> | undefined;
    if (known) {
      return known;
    }
    const answer = ask();
    this.#answers.set(key, answer);
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }
}
