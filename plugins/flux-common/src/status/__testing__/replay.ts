// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { assessFluxResource } from '../assessFluxResource';
import type { FluxAssessment, FluxObject } from '../types';

interface Line {
  t: number;
  mark?: string;
  object?: FluxObject & {
    kind: string;
    metadata: { namespace: string; name: string; creationTimestamp: string };
  };
}

const DIRECTORY = join(__dirname, '..', '__fixtures__', 'recordings');

/** One verdict at one moment of a recording. */
export interface Step {
  /** `Kind/name`. */
  object: string;
  assessment: FluxAssessment;
}

/** The events of a recording. */
export function readRecording(recording: string): Line[] {
  return gunzipSync(readFileSync(join(DIRECTORY, recording)))
    .toString()
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Line);
}

/** Assesses every object of a recording at every event, as one who watches it. */
export function replay(recording: string): Step[] {
  const lines = readRecording(recording);
  const objects = new Map<string, FluxObject>();
  const steps: Step[] = [];
  let began: number | undefined;
  for (const { t, object } of lines) {
    if (!object) {
      continue;
    }
    const { kind, metadata } = object;
    objects.set(`${kind}/${metadata.namespace}/${metadata.name}`, object);
    began ??= Date.parse(metadata.creationTimestamp) - t;
    steps.push({
      object: `${kind}/${metadata.name}`,
      assessment: assessFluxResource(object, {
        now: new Date(began + t),
        related: ref => objects.get(`${ref.kind}/${ref.namespace}/${ref.name}`),
      }),
    });
  }
  return steps;
}

/** What a watcher of one object sees, with repeats left out. */
export function seen(
  steps: Step[],
  object: string,
  show: (assessment: FluxAssessment) => string,
): string[] {
  return steps
    .filter(step => step.object === object)
    .map(step => show(step.assessment))
    .filter((shown, index, all) => shown !== all[index - 1]);
}
