// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';

/** The same GUID for the same text, so that a world born twice has the same ids. */
export function guidOf(text: string): string {
  const hex = createHash('sha1')
    .update(`fairway-sandbox:${text}`)
    .digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
