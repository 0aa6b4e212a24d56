// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../../clock';
import {
  compareTrees,
  type GitPerson,
  mergeBase,
  StaleReferenceError,
} from '../../git';
import { DevOpsError } from '../http/DevOpsError';
import type { Repositories } from '../state/Repositories';
import { strategyOf } from './evaluate';
import { mergePullRequest } from './mergePullRequest';
import type { PullRequestRecord } from './model';

const MOST_MERGES = 20;

/** What a pull request does to git; it changes records, but does not keep them. */
export class PullRequestMerger {
  readonly #repositories: Repositories;
  readonly #clock: Clock;

  constructor(options: { repositories: Repositories; clock: Clock }) {
    this.#repositories = options.repositories;
    this.#clock = options.clock;
  }

  /** Tries the merge again when a branch moved; true when something changed. */
  async refresh(pull: PullRequestRecord): Promise<boolean> {
    const repository = this.#repositories.repository(pull);
    const refs = await repository.refs();
    const source = refs.get(pull.source);
    const target = refs.get(pull.target);
    if (!source || !target) {
      pull.mergeStatus = 'failure';
      return true;
    }
    if (source === pull.sourceCommit && target === pull.targetCommit) {
      return false;
    }
    const outcome = await mergePullRequest({
      ...this.#mergeInput(pull, pull.createdBy),
      source,
      target,
    });
    // It may have been completed while git worked.
    if (pull.status !== 'active') {
      return false;
    }
    pull.sourceCommit = source;
    pull.targetCommit = target;
    pull.mergeCommit = outcome.commit;
    pull.conflicts = outcome.conflicts;
    pull.mergeStatus = outcome.commit ? 'succeeded' : 'conflicts';
    return true;
  }

  /** Moves the target branch. @throws DevOpsError 409 */
  async merge(pull: PullRequestRecord, user: string): Promise<void> {
    const repository = this.#repositories.repository(pull);
    for (let attempt = 0; attempt < MOST_MERGES; attempt++) {
      const refs = await repository.refs();
      const source = refs.get(pull.source);
      const target = refs.get(pull.target);
      if (!source || !target) {
        throw rejectedPullRequest(
          'TF401175: The source or target branch is gone.',
        );
      }
      const outcome = await mergePullRequest({
        ...this.#mergeInput(pull, user),
        source,
        target,
      });
      if (!outcome.commit) {
        pull.mergeStatus = 'conflicts';
        pull.conflicts = outcome.conflicts;
        throw rejectedPullRequest(
          `TF401191: The pull request has merge conflicts: ${outcome.conflicts.join(
            ', ',
          )}.`,
        );
      }
      try {
        await repository.updateRefs([
          { name: pull.target, oldSha: target, newSha: outcome.commit },
        ]);
      } catch (error) {
        if (error instanceof StaleReferenceError) {
          continue;
        }
        throw error;
      }
      pull.status = 'completed';
      pull.sourceCommit = source;
      pull.targetCommit = target;
      pull.mergeCommit = outcome.commit;
      pull.mergeStatus = 'succeeded';
      if (pull.completionOptions.deleteSourceBranch) {
        await repository
          .updateRefs([
            { name: pull.source, oldSha: source, newSha: undefined },
          ])
          // Somebody pushed to it meanwhile: then it stays.
          .catch(() => {});
      }
      return;
    }
    throw rejectedPullRequest(
      'TF401192: The target branch moves too fast, try again.',
    );
  }

  /** Files that a pull request changes against where it left the target. */
  async changedPaths(pull: PullRequestRecord): Promise<string[]> {
    const repository = this.#repositories.repository(pull);
    if (!pull.sourceCommit || !pull.targetCommit) {
      return [];
    }
    const base = await mergeBase(
      repository.dir,
      pull.targetCommit,
      pull.sourceCommit,
    );
    const changes = await compareTrees(
      repository.dir,
      base ?? pull.targetCommit,
      pull.sourceCommit,
    );
    return changes.flatMap(change =>
      change.from ? [change.from, change.path] : [change.path],
    );
  }

  #mergeInput(pull: PullRequestRecord, user: string) {
    const person = (name: string): GitPerson => ({
      name,
      email: `${name}@example.com`,
    });
    return {
      repository: this.#repositories.repository(pull),
      strategy: strategyOf(pull),
      message: String(
        pull.completionOptions.mergeCommitMessage ??
          `Merged PR ${pull.id}: ${pull.title}\n\n${pull.description}`.trim(),
      ),
      author: person(pull.createdBy),
      committer: { ...person(user), date: this.#clock.now().toISOString() },
    };
  }
}

/** The pull request cannot be completed now. */
export function rejectedPullRequest(message: string): DevOpsError {
  return new DevOpsError(
    409,
    'GitPullRequestUpdateRejectedByPolicyException',
    message,
  );
}
