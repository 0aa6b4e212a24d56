// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { GitCommitInfo } from './types';

/** For `git log -z`; fields are parted by the unit separator. */
export const LOG_FORMAT = [
  '%H',
  '%P',
  '%an',
  '%ae',
  '%aI',
  '%cn',
  '%ce',
  '%cI',
  '%B',
].join('%x1f');

/** Reads what git wrote in {@link LOG_FORMAT}. */
export function parseLog(output: Buffer): GitCommitInfo[] {
  return output
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(record => {
      const [sha, parents, an, ae, ad, cn, ce, cd, ...message] =
        record.split('\x1f');
      return {
        sha,
        parents: parents.split(' ').filter(Boolean),
        author: { name: an, email: ae, date: instant(ad) },
        committer: { name: cn, email: ce, date: instant(cd) },
        message: message.join('\x1f').trimEnd(),
      };
    });
}

function instant(text: string): string {
  return new Date(text).toISOString();
}
