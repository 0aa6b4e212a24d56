// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as wait } from 'node:timers/promises';
import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import { CLUSTERS, type SandboxControl } from './SandboxControl';
import type { Views } from './Views';

const STOCK_OPENS = 10;
const OPENS = 30;
const VIEWERS = 50;
const TEN_MINUTES_S = 600;
/** The stock tab asks again. */
const STOCK_POLL_S = 10;
const WATCHED_S = 45;
/** Kinds that the portal watches in each cluster, and how soon a watch may end and be opened again. */
const WATCHED_KINDS = 8;
const SHORTEST_WATCH_S = 270;

/** Calls to the clusters: to open the page, and by fifty people who leave it open. */
export async function measureCalls(
  control: SandboxControl,
  views: Views,
  note: Note,
): Promise<Finding[]> {
  note('upstream calls to open the page');
  const stock =
    (await countCalls(control, async () => {
      for (let open = 0; open < STOCK_OPENS; open++) {
        await views.stock();
      }
    })) / STOCK_OPENS;
  const fairway =
    (await countCalls(control, async () => {
      for (let open = 0; open < OPENS; open++) {
        await views.fairway();
      }
    })) / OPENS;

  note(`${VIEWERS} viewers for ${WATCHED_S} s`);
  const counted = await countCalls(
    control,
    async () => {
      const open = await Promise.all(
        Array.from({ length: VIEWERS }, () => views.live()),
      );
      const reading = open.map(drain);
      await wait(WATCHED_S * 1000);
      await Promise.all(reading.map(({ stop }) => stop()));
    },
    { watches: true },
  );
  // So short a look may miss that watches end and are opened again: they are added as if each lasted as short as it can.
  const renewals =
    WATCHED_KINDS * CLUSTERS.length * (TEN_MINUTES_S / SHORTEST_WATCH_S);
  const stockViewers = VIEWERS * (TEN_MINUTES_S / STOCK_POLL_S) * stock;
  return [
    {
      metric: `upstream calls to open the page, ${CLUSTERS.length} clusters`,
      unit: 'calls',
      value: fairway,
      baseline: stock,
      target: 0,
    },
    {
      metric: `upstream calls, ${VIEWERS} viewers, 10 min`,
      unit: 'calls',
      value: Math.ceil(counted * (TEN_MINUTES_S / WATCHED_S) + renewals),
      baseline: stockViewers,
      target: stockViewers / 100,
    },
  ];
}

async function countCalls(
  control: SandboxControl,
  work: () => Promise<void>,
  options = { watches: false },
): Promise<number> {
  const before = await control.requests(options);
  await work();
  return (await control.requests(options)) - before;
}

function drain(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const ended = (async () => {
    while (!(await reader.read()).done);
  })();
  return {
    async stop() {
      await reader.cancel();
      await ended;
    },
  };
}
