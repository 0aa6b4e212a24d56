// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';

/** Id that git gives to this content (Git documentation, "Git Internals - Git Objects"). */
export function gitBlobId(content: Buffer): string {
  return createHash('sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}
