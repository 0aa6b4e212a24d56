// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import { measureHeap } from './measureHeap';
import { measureStorms } from './measureStorms';

/** `npm run bench -- watch`: the watch cache against the informers of `@kubernetes/client-node`. */
export async function runWatchBench(note: Note): Promise<Finding[]> {
  return [...(await measureHeap(note)), ...(await measureStorms(note))];
}
