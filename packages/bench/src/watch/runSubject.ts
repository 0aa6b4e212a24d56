// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fairway, stock, type SubjectKind } from './subjects';
import type { SubjectFigures } from './SubjectProcess';

// The process of one subject: what is measured is measured in a process that
// holds nothing else. Its parent says what to keep and hears the figures.

const [who, url, kinds, count, clusters] = process.argv.slice(2);

/** Twice, because the first collection runs finalizers that free more. */
function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Linux forgets the peak on request; elsewhere the peak of the process so far counts. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Not Linux.
  }
}

function peakBytes(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

async function main(): Promise<void> {
  const subject =
    who === 'fairway'
      ? await fairway(url, Number(clusters))
      : await stock(url, kinds.split(',') as SubjectKind[]);
  const heapBefore = heapUsed();
  forgetPeak();
  const rssBefore = process.memoryUsage().rss;
  const began = Date.now();
  await subject.start();
  while ((await subject.size()) < Number(count)) {
    await wait(20);
  }
  const listMs = Date.now() - began;
  const peak = peakBytes() - rssBefore;
  const heap = heapUsed() - heapBefore;
  const figures: SubjectFigures = { heap, peak, listMs };
  process.send?.({ figures });
}

process.once('disconnect', () => process.exit(0));
main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
