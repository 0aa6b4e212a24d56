// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as wait } from 'node:timers/promises';
import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import { median } from '../report/quantile';
import { BigCluster } from './BigCluster';
import { type SubjectName, SubjectProcess } from './SubjectProcess';

const RUNS = 3;
/** Fewer than a page, so that a list is one request. */
const OBJECTS = 300;
const STORM_MS = 10_000;
/** A hot loop shows at once, and more of it would only heat the machine. */
const STOCK_STORM_MS = 3000;
const SETTLE_MS = 4000;

interface Storm {
  /** Requests per second in the first half, the second half and all of the storm. */
  early: number;
  late: number;
  all: number;
}

/** What a server that closes every watch at once, or has forgotten every version, is asked. */
export async function measureStorms(note: Note): Promise<Finding[]> {
  const cluster = await BigCluster.start({ kustomizations: 0, pods: OBJECTS });
  const results = {
    fairway: {
      closed: [] as Storm[],
      once: [] as number[],
      gone: [] as Storm[],
    },
    stock: { closed: [] as Storm[], once: [] as number[], gone: [] as Storm[] },
  };
  try {
    for (let run = 1; run <= RUNS; run++) {
      for (const subject of ['stock', 'fairway'] as const) {
        note(`${subject}, run ${run} of ${RUNS}: one 410`);
        results[subject].once.push(
          await withSubject(cluster, subject, () => oneExpiry(cluster)),
        );
        note(
          `${subject}, run ${run} of ${RUNS}: every watch is closed at once`,
        );
        results[subject].closed.push(
          await withSubject(cluster, subject, () =>
            storm(cluster, 'watch pods', lengthOf(subject), on =>
              cluster.refuseToHoldWatches(on),
            ),
          ),
        );
        note(
          `${subject}, run ${run} of ${RUNS}: every watch is answered by 410`,
        );
        results[subject].gone.push(
          await withSubject(cluster, subject, () =>
            storm(cluster, 'list pods', lengthOf(subject), on =>
              cluster.forgetVersions(on),
            ),
          ),
        );
      }
    }
  } finally {
    await cluster.stop();
  }
  const rate = (storms: Storm[], part: keyof Storm) =>
    median(storms.map(each => each[part]));
  const { fairway, stock } = results;
  return [
    {
      metric: 'watches, server closes each at once, first 5 s',
      unit: '/s',
      value: rate(fairway.closed, 'early'),
      baseline: rate(stock.closed, 'all'),
      target: 1,
    },
    {
      metric: 'watches, server closes each at once, next 5 s',
      unit: '/s',
      value: rate(fairway.closed, 'late'),
      baseline: rate(stock.closed, 'all'),
      // Backoff: half as often as in the beginning at the latest.
      target: 0.5,
    },
    {
      metric: 'lists for one 410',
      unit: 'lists',
      value: median(fairway.once),
      baseline: median(stock.once),
      target: 1,
      exact: true,
    },
    {
      metric: 'lists while every watch is answered by 410',
      unit: '/s',
      value: rate(fairway.gone, 'all'),
      baseline: rate(stock.gone, 'all'),
      target: 1,
    },
  ];
}

function lengthOf(subject: SubjectName): number {
  return subject === 'stock' ? STOCK_STORM_MS : STORM_MS;
}

async function withSubject<T>(
  cluster: BigCluster,
  subject: SubjectName,
  work: () => Promise<T>,
): Promise<T> {
  const watches = cluster.requests('watch pods');
  const running = await SubjectProcess.start({
    subject,
    url: cluster.url,
    kinds: ['Pod'],
    objects: OBJECTS,
  });
  try {
    while (cluster.requests('watch pods') === watches) {
      await wait(20);
    }
    return await work();
  } finally {
    await running.stop();
  }
}

/** The server forgets once, and then holds what it promises. @returns lists that followed */
async function oneExpiry(cluster: BigCluster): Promise<number> {
  const before = cluster.requests('list pods');
  cluster.forgetVersions(true);
  cluster.forgetVersions(false);
  await wait(SETTLE_MS);
  return cluster.requests('list pods') - before;
}

async function storm(
  cluster: BigCluster,
  what: 'watch pods' | 'list pods',
  ms: number,
  turn: (on: boolean) => void,
): Promise<Storm> {
  const rates: number[] = [];
  const count = async () => {
    const before = cluster.requests(what);
    const began = Date.now();
    await wait(ms / 2);
    rates.push(
      ((cluster.requests(what) - before) * 1000) / (Date.now() - began),
    );
  };
  turn(true);
  try {
    await count();
    await count();
  } finally {
    turn(false);
  }
  const [early, late] = rates;
  return { early, late, all: (early + late) / 2 };
}
