// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import type { Views } from './Views';

const KB = 1024;

/** What reaches the browser: the first time, and when nothing has changed. Bodies, not compressed. */
export async function measureBytes(
  views: Views,
  note: Note,
): Promise<Finding[]> {
  note('bytes to the browser');
  const stock = await views.stock();
  const first = await views.fairway();
  const again = await views.fairway(first.headers.etag);
  return [
    {
      metric: 'bytes to the browser, first',
      unit: 'KB',
      value: first.body.length / KB,
      baseline: stock.body.length / KB,
      target: 12,
    },
    {
      metric: `bytes to the browser, unchanged (${again.status})`,
      unit: 'KB',
      value: again.body.length / KB,
      baseline: stock.body.length / KB,
      target: 0.5,
    },
  ];
}
