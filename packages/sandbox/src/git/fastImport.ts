// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { GitChange, GitPerson } from './types';

/** One commit to be written. */
export interface CommitToWrite {
  author: GitPerson & { date: string };
  /** Defaults to the author. */
  committer?: GitPerson & { date: string };
  message: string;
  changes: GitChange[];
  /** Parents beyond the branch's tip: a merge. */
  mergeWith?: string[];
}

/**
 * The input of `git fast-import` that puts `commits` on `refName`, one on the
 * other, and prints the name of the last one.
 */
export function fastImportStream(
  refName: string,
  from: string | undefined,
  commits: CommitToWrite[],
): Buffer {
  const parts: Array<string | Buffer> = [];
  const data = (content: string | Buffer) => {
    const bytes = Buffer.from(content as string);
    parts.push(`data ${bytes.length}\n`, bytes, '\n');
  };
  commits.forEach((commit, index) => {
    parts.push(`commit ${refName}\nmark :${index + 1}\n`);
    parts.push(`author ${signature(commit.author)}\n`);
    parts.push(`committer ${signature(commit.committer ?? commit.author)}\n`);
    data(
      commit.message.endsWith('\n') ? commit.message : `${commit.message}\n`,
    );
    if (index > 0) {
      parts.push(`from :${index}\n`);
    } else if (from) {
      parts.push(`from ${from}\n`);
    }
    for (const parent of commit.mergeWith ?? []) {
      parts.push(`merge ${parent}\n`);
    }
    // Deletions first, so that a file can give way to a folder of its name.
    for (const { path, content } of commit.changes) {
      if (content === undefined) {
        parts.push(`D ${quoted(path)}\n`);
      }
    }
    for (const { path, content, mode } of commit.changes) {
      if (content !== undefined) {
        parts.push(`M ${mode ?? '100644'} inline ${quoted(path)}\n`);
        data(content);
      }
    }
    parts.push('\n');
  });
  parts.push(`get-mark :${commits.length}\n`);
  return Buffer.concat(parts.map(part => Buffer.from(part as string)));
}

function signature(person: GitPerson & { date: string }): string {
  const seconds = Math.floor(Date.parse(person.date) / 1000);
  if (!Number.isFinite(seconds)) {
    throw new Error(`author.date must be ISO 8601, got "${person.date}"`);
  }
  return `${clean(person.name)} <${clean(person.email)}> ${seconds} +0000`;
}

function clean(text: string): string {
  return text.replace(/[<>\r\n\0]/g, '').trim();
}

function quoted(path: string): string {
  const escaped = path
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
  return `"${escaped}"`;
}
