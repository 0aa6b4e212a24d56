// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import { quantile } from '../report/quantile';
import type { SandboxControl } from './SandboxControl';
import type { Views } from './Views';

const UPSTREAM_MS = 30;
const ROUNDS = 40;

/** How long the backend takes when each answer of a cluster takes 30 ms. */
export async function measureLatency(
  control: SandboxControl,
  views: Views,
  note: Note,
): Promise<Finding[]> {
  note(`${ROUNDS} answers each, ${UPSTREAM_MS} ms upstream`);
  const stock: number[] = [];
  const fairway: number[] = [];
  await control.slow(UPSTREAM_MS);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      stock.push((await views.stock()).ms);
      fairway.push((await views.fairway()).ms);
    }
  } finally {
    await control.mend();
  }
  return [
    { share: 0.5, name: 'p50', target: 5 },
    { share: 0.95, name: 'p95', target: 15 },
  ].map(({ share, name, target }) => ({
    metric: `backend, ${UPSTREAM_MS} ms upstream, ${name}`,
    unit: 'ms',
    value: quantile(fairway, share),
    baseline: quantile(stock, share),
    target,
  }));
}
