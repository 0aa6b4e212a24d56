// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Where a part of the history ended. */
export interface Cursor {
  startedAt: string;
  id: string;
}

const LONGEST = 200;
const content = z.tuple([
  z.iso.datetime(),
  z.string().regex(/^[0-9a-f]{1,64}$/),
]);

/** Text for the address of the next part; opaque to who gets it. */
export function writeCursor({ startedAt, id }: Cursor): string {
  return Buffer.from(JSON.stringify([startedAt, id])).toString('base64url');
}

/** Reads what {@link writeCursor} wrote; undefined for anything else. */
export function readCursor(text: string): Cursor | undefined {
  if (text.length > LONGEST || !/^[\w-]+$/.test(text)) {
    return undefined;
  }
  try {
    const result = content.safeParse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return result.success
      ? { startedAt: result.data[0], id: result.data[1] }
      : undefined;
  } catch {
    return undefined;
  }
}
