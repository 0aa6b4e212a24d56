// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as wait } from 'node:timers/promises';
import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import { quantile } from '../report/quantile';
import { delays, type Marks, markOf, noteMarks } from './Marks';
import { OpenTab } from './OpenTab';
import type { SandboxControl } from './SandboxControl';
import { SERVICE, type Views } from './Views';

const CHANGES = 40;
const STOCK_POLL_MS = 10_000;
const PATIENCE_MS = 15_000;

/**
 * From a change in the cluster until it is there: on our open stream, in an open
 * tab of a real browser, and in the answers that the stock tab asks for. Each
 * change is a new reason of a suspension, so that all three can tell them apart.
 */
export async function measureChange(
  portalUrl: string,
  control: SandboxControl,
  views: Views,
  note: Note,
): Promise<Finding[]> {
  const tab = await OpenTab.open(portalUrl, SERVICE.name);
  const made: Marks = new Map();
  const streamed: Marks = new Map();
  const stock: Marks = new Map();
  const reading = readMarks(await views.live(), streamed);
  const polling = pollStock(views, made, stock);
  let shown: Marks | undefined;
  try {
    note(`${CHANGES} changes in a cluster`);
    for (let change = 1; change <= CHANGES; change++) {
      const mark = markOf(change);
      made.set(mark, Date.now());
      await control.patchKustomization(SERVICE, suspension(mark));
      await until(() => streamed.has(mark), `${mark} on the stream`);
      // At no fixed rate, so that the rhythm of the stock tab is met at any point.
      await wait(500 + Math.random() * 1500);
    }
    await until(
      () => stock.size === made.size,
      'the last change in the stock answer',
    );
  } finally {
    await reading.stop();
    await polling.stop();
    shown = await tab?.close();
    await control.patchKustomization(SERVICE, suspension(null));
  }
  if (!shown) {
    note('no Chromium was found: nothing is measured on a screen');
  }
  const findings = (title: string, seen: Marks): Finding[] =>
    [
      { share: 0.5, name: 'p50', target: 300 },
      { share: 0.95, name: 'p95', target: 1000 },
    ].map(({ share, name, target }) => ({
      metric: `change in the cluster -> ${title}, ${name}`,
      unit: 'ms',
      value: quantile(delays(made, seen), share),
      baseline: quantile(delays(made, stock), share),
      target,
    }));
  return [
    ...findings('open stream', streamed),
    ...(shown ? findings(`open tab, ${shown.size} changes`, shown) : []),
  ];
}

function suspension(mark: string | null) {
  return {
    metadata: {
      annotations: {
        'fairway.dev/suspended-by': mark && 'bench',
        'fairway.dev/suspended-reason': mark,
      },
    },
    spec: { suspend: mark !== null },
  };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > end) {
      throw new Error(`Not seen in ${PATIENCE_MS / 1000} s: ${what}`);
    }
    await wait(5);
  }
}

function readMarks(stream: ReadableStream<Uint8Array>, seen: Marks) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const ended = (async () => {
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      text += decoder.decode(value, { stream: true });
      const end = text.lastIndexOf('\n\n');
      // An event counts when it is whole.
      if (end >= 0) {
        noteMarks(text.slice(0, end), seen, Date.now());
        text = text.slice(end);
      }
    }
  })();
  return {
    async stop() {
      await reader.cancel();
      await ended;
    },
  };
}

/** An answer holds only the last mark: it stands for all that were made before. */
function pollStock(views: Views, made: Marks, seen: Marks) {
  const ending = new AbortController();
  const { signal } = ending;
  const ended = (async () => {
    while (!signal.aborted) {
      const began = Date.now();
      const text = (await views.stock()).body.toString();
      const now = Date.now();
      const marks = [...made.keys()];
      const last = marks.findLastIndex(mark => text.includes(mark));
      for (const mark of marks.slice(0, last + 1)) {
        noteMarks(mark, seen, now);
      }
      await wait(Math.max(0, STOCK_POLL_MS - (now - began)), undefined, {
        signal,
      }).catch(() => {});
    }
  })();
  return {
    async stop() {
      ending.abort();
      await ended;
    },
  };
}
