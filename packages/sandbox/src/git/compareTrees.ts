// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { git, tryGit } from './runGit';

export interface TreeChange {
  kind: 'add' | 'edit' | 'delete' | 'rename';
  path: string;
  /** Where a renamed file came from. */
  from?: string;
  sha: string;
  oldSha: string;
}

/** The tree of a repository without files. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** What changed between two commits (or trees). */
export async function compareTrees(
  gitDir: string,
  base: string,
  target: string,
): Promise<TreeChange[]> {
  const out = await git(gitDir, ['diff-tree', '-r', '-z', '-M', base, target]);
  const fields = out.toString().split('\0');
  const changes: TreeChange[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , oldSha, sha, status] = fields[at].split(' ');
    at += 1;
    const letter = status[0];
    const first = fields[at];
    at += 1;
    if (letter === 'R' || letter === 'C') {
      changes.push({
        kind: 'rename',
        from: first,
        path: fields[at],
        sha,
        oldSha,
      });
      at += 1;
    } else {
      const kinds: Record<string, TreeChange['kind']> = {
        A: 'add',
        D: 'delete',
      };
      changes.push({ kind: kinds[letter] ?? 'edit', path: first, sha, oldSha });
    }
  }
  return changes;
}

/** Newest common ancestor, if there is one. */
export async function mergeBase(
  gitDir: string,
  a: string,
  b: string,
): Promise<string | undefined> {
  // Exit code 1 means that the two have nothing in common.
  const { stdout } = await tryGit(gitDir, ['merge-base', a, b]);
  return stdout.toString().trim() || undefined;
}

/** How many commits each side has that the other lacks. */
export async function aheadBehind(
  gitDir: string,
  base: string,
  target: string,
): Promise<{ ahead: number; behind: number }> {
  const out = await git(gitDir, [
    'rev-list',
    '--left-right',
    '--count',
    `${base}...${target}`,
  ]);
  const [behind, ahead] = out.toString().trim().split('\t').map(Number);
  return { ahead, behind };
}
