// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { setTimeout as wait } from 'node:timers/promises';
import type { Note } from '../Note';
import type { Finding } from '../report/Measurement';
import type { SandboxControl } from './SandboxControl';
import type { Views } from './Views';

const HUNG = 'aks-staging-weu';
/** Silence differs from quiet when a bookmark is missed, after 90 s; then a connection is tried. */
const NAMED_S = 120;
const PATIENCE_S = 20;

interface Document {
  environments: Array<{
    targets: Array<{ cluster: string; source: { state: string } }>;
  }>;
}

/** One cluster takes connections and never answers. */
export async function measureHungCluster(
  control: SandboxControl,
  views: Views,
  note: Note,
): Promise<Finding[]> {
  note(`${HUNG} hangs, until the page says so`);
  let slowest = 0;
  let named: number | null = null;
  await control.hang(HUNG);
  const began = Date.now();
  try {
    const stock = views.stock(PATIENCE_S * 1000).then(
      ({ ms }) => ms,
      () => null,
    );
    while (named === null && Date.now() - began < NAMED_S * 1000) {
      const { ms, body } = await views.fairway();
      slowest = Math.max(slowest, ms);
      if (namesHung(JSON.parse(body.toString()) as Document)) {
        named = (Date.now() - began) / 1000;
      }
      await wait(500);
    }
    return [
      {
        metric: `one cluster hung, slowest answer (given up after ${PATIENCE_S} s: -)`,
        unit: 'ms',
        value: slowest,
        baseline: await stock,
        target: 1000,
      },
      {
        metric: 'one cluster hung, until the page names it',
        unit: 's',
        value: named,
        target: NAMED_S,
      },
    ];
  } finally {
    await control.mend();
  }
}

/** The hung cluster, and only it, is not current. */
function namesHung({ environments }: Document): boolean {
  const bad = environments
    .flatMap(({ targets }) => targets)
    .filter(({ source }) => source.state !== 'current')
    .map(({ cluster }) => cluster);
  return bad.length > 0 && bad.every(cluster => cluster === HUNG);
}
