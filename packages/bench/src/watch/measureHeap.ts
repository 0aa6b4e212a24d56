// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Finding } from '../report/Measurement';
import { median } from '../report/quantile';
import type { Note } from '../Note';
import { BigCluster } from './BigCluster';
import { type SubjectFigures, SubjectProcess } from './SubjectProcess';
import type { SubjectKind } from './subjects';

const RUNS = 3;
const OBJECTS = 5000;
const MANY = 100_000;
const CLUSTERS = 4;
/** One and three Pods make a service in an environment. */
const KUSTOMIZATIONS = 0.25;
const MB = 1_000_000;

/** Heap per object of each kind, resident memory while listing, and 100,000 objects. */
export async function measureHeap(note: Note): Promise<Finding[]> {
  const kustomizations = await compare('Kustomization', note);
  const pods = await compare('Pod', note);
  const many = await keepMany(note);
  const perObject = (runs: SubjectFigures[]) =>
    median(runs.map(({ heap }) => heap)) / OBJECTS;
  const peak = (runs: SubjectFigures[]) =>
    median(runs.map(figures => figures.peak)) / MB;
  return [
    {
      metric: 'heap per Kustomization',
      unit: 'B',
      value: perObject(kustomizations.fairway),
      baseline: perObject(kustomizations.stock),
      target: 1.2 * 1024,
    },
    {
      metric: 'heap per Pod',
      unit: 'B',
      value: perObject(pods.fairway),
      baseline: perObject(pods.stock),
      target: 1.2 * 1024,
    },
    {
      metric: 'memory over idle while listing 5,000 Pods',
      unit: 'MB',
      value: peak(pods.fairway),
      baseline: peak(pods.stock),
      target: 100,
    },
    {
      metric: 'heap of 100,000 objects, a Kustomization to three Pods',
      unit: 'MB',
      value: many.heap / MB,
      // Measured it would take more than a gigabyte: as many times what one takes.
      baseline:
        ((KUSTOMIZATIONS * perObject(kustomizations.stock) +
          (1 - KUSTOMIZATIONS) * perObject(pods.stock)) *
          MANY) /
        MB,
      target: 150,
    },
  ];
}

async function compare(
  kind: SubjectKind,
  note: Note,
): Promise<Record<'fairway' | 'stock', SubjectFigures[]>> {
  note(`${OBJECTS} objects of kind ${kind} are made`);
  const cluster = await BigCluster.start({
    kustomizations: kind === 'Kustomization' ? OBJECTS : 0,
    pods: kind === 'Pod' ? OBJECTS : 0,
  });
  const figures = {
    fairway: [] as SubjectFigures[],
    stock: [] as SubjectFigures[],
  };
  try {
    for (let run = 1; run <= RUNS; run++) {
      for (const subject of ['stock', 'fairway'] as const) {
        note(`${kind}: ${subject}, run ${run} of ${RUNS}`);
        const running = await SubjectProcess.start({
          subject,
          url: cluster.url,
          kinds: [kind],
          objects: OBJECTS,
        });
        figures[subject].push(running.figures);
        await running.stop();
      }
    }
  } finally {
    await cluster.stop();
  }
  return figures;
}

async function keepMany(note: Note): Promise<SubjectFigures> {
  note(`${MANY / CLUSTERS} objects are made`);
  const cluster = await BigCluster.start({
    kustomizations: (MANY / CLUSTERS) * KUSTOMIZATIONS,
    pods: (MANY / CLUSTERS) * (1 - KUSTOMIZATIONS),
  });
  try {
    note(`${MANY} objects of ${CLUSTERS} clusters are listed`);
    const running = await SubjectProcess.start({
      subject: 'fairway',
      url: cluster.url,
      kinds: ['Kustomization', 'Pod'],
      objects: MANY,
      clusters: CLUSTERS,
    });
    await running.stop();
    return running.figures;
  } finally {
    await cluster.stop();
  }
}
