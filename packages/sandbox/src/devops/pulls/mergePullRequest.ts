// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  commitTree,
  type GitPerson,
  type GitRepository,
  mergeBase,
  mergeTrees,
} from '../../git';

export interface MergeInput {
  repository: GitRepository;
  source: string;
  target: string;
  strategy: string;
  message: string;
  /** Author of a squash. */
  author: GitPerson;
  committer: Required<GitPerson>;
}

export interface MergeOutcome {
  /** The commit that the target would move to, when there is no conflict. */
  commit?: string;
  conflicts: string[];
}

/** Makes the commit(s) of a merge; no ref moves. */
export async function mergePullRequest(
  input: MergeInput,
): Promise<MergeOutcome> {
  const { repository, source, target, strategy } = input;
  if (strategy === 'rebase' || strategy === 'rebaseMerge') {
    const replayed = await replay(input);
    if (!replayed.commit || strategy === 'rebase') {
      return replayed;
    }
    return join(input, replayed.commit, [target, replayed.commit]);
  }
  const base = await mergeBase(repository.dir, target, source);
  const merged = await mergeTrees(repository.dir, base, target, source);
  if (!merged.tree) {
    return merged;
  }
  return join(
    input,
    merged.tree,
    strategy === 'squash' ? [target] : [target, source],
  );
}

async function join(
  { repository, message, author, committer }: MergeInput,
  treeish: string,
  parents: string[],
): Promise<MergeOutcome> {
  return {
    commit: await commitTree(repository.dir, {
      tree: `${treeish}^{tree}`,
      parents,
      message,
      author: { ...author, date: committer.date },
      committer,
    }),
    conflicts: [],
  };
}

/** Puts each commit of the source on top of the target. */
async function replay({
  repository,
  source,
  target,
  committer,
}: MergeInput): Promise<MergeOutcome> {
  const commits = await repository.log(source, { exclude: target });
  let tip = target;
  for (const commit of commits.reverse()) {
    if (commit.parents.length > 1) {
      continue;
    }
    const merged = await mergeTrees(
      repository.dir,
      commit.parents[0],
      tip,
      commit.sha,
    );
    if (!merged.tree) {
      return merged;
    }
    tip = await commitTree(repository.dir, {
      tree: merged.tree,
      parents: [tip],
      message: commit.message,
      author: commit.author,
      committer,
    });
  }
  return { commit: tip, conflicts: [] };
}
