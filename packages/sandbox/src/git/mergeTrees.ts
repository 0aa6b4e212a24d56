// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_TREE } from './compareTrees';
import { git, tryGit } from './runGit';
import type { GitPerson } from './types';

export interface MergeResult {
  /** The merged tree, when nothing is in conflict. */
  tree?: string;
  /** Paths that both sides changed in different ways. */
  conflicts: string[];
}

/**
 * Three-way merge of commits (or trees) in a bare repository. Only old, plain
 * git commands are used: `merge-tree --write-tree` is missing in the git of
 * current long-term distributions.
 */
export async function mergeTrees(
  gitDir: string,
  base: string | undefined,
  ours: string,
  theirs: string,
): Promise<MergeResult> {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-merge-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    await git(
      gitDir,
      [
        'read-tree',
        '-i',
        '-m',
        '--aggressive',
        base ?? EMPTY_TREE,
        ours,
        theirs,
      ],
      { env },
    );
    const unmerged = await git(gitDir, ['ls-files', '--unmerged', '-z'], {
      env,
    });
    const conflicts: string[] = [];
    for (const [path, stages] of parseStages(unmerged)) {
      const merged = await mergeFile(gitDir, folder, stages);
      if (merged) {
        await git(
          gitDir,
          [
            'update-index',
            '--add',
            '--cacheinfo',
            `${merged.mode},${merged.sha},${path}`,
          ],
          { env },
        );
      } else {
        conflicts.push(path);
      }
    }
    if (conflicts.length > 0) {
      return { conflicts };
    }
    const tree = await git(gitDir, ['write-tree'], { env });
    return { tree: tree.toString().trim(), conflicts };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a commit object; no ref moves. */
export async function commitTree(
  gitDir: string,
  options: {
    tree: string;
    parents: string[];
    message: string;
    author: Required<GitPerson>;
    committer: Required<GitPerson>;
  },
): Promise<string> {
  const { tree, parents, message, author, committer } = options;
  const out = await git(
    gitDir,
    ['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])],
    {
      input: `${message.trimEnd()}\n`,
      env: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: author.date,
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        GIT_COMMITTER_DATE: committer.date,
      },
    },
  );
  return out.toString().trim();
}

type Stages = Map<number, { mode: string; sha: string }>;

function parseStages(out: Buffer): Map<string, Stages> {
  const paths = new Map<string, Stages>();
  for (const line of out.toString().split('\0').filter(Boolean)) {
    const tab = line.indexOf('\t');
    const path = line.slice(tab + 1);
    const [mode, sha, stage] = line.slice(0, tab).split(' ');
    const stages: Stages = paths.get(path) ?? new Map();
    stages.set(Number(stage), { mode, sha });
    paths.set(path, stages);
  }
  return paths;
}

async function mergeFile(
  gitDir: string,
  folder: string,
  stages: Stages,
): Promise<{ mode: string; sha: string } | undefined> {
  const [base, ours, theirs] = [1, 2, 3].map(stage => stages.get(stage));
  if (!base || !ours || !theirs) {
    return undefined;
  }
  const files = await Promise.all(
    [ours, base, theirs].map(async ({ sha }, index) => {
      const file = join(folder, `side-${index}`);
      await writeFile(file, await git(gitDir, ['cat-file', 'blob', sha]));
      return file;
    }),
  );
  const merged = await tryGit(gitDir, ['merge-file', '-p', ...files]);
  if (merged.code !== 0) {
    return undefined;
  }
  const sha = await git(gitDir, ['hash-object', '-w', '--stdin'], {
    input: merged.stdout,
  });
  return {
    mode: ours.mode === base.mode ? theirs.mode : ours.mode,
    sha: sha.toString().trim(),
  };
}
