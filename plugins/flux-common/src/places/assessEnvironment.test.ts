// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Tone } from '@fairway/plugin-delivery-common';
import type { PlaceState } from '../deployments';
import { renderFluxPhrase } from '../phrases/renderFluxPhrase';
import { assessEnvironment, type AssessedTarget } from './assessEnvironment';

function region(
  cluster: string,
  state: PlaceState,
  tone: Tone,
  version?: string,
  since = '2026-11-24T10:00:00Z',
): AssessedTarget {
  return {
    cluster,
    verdict: {
      state,
      tone,
      reason: { code: 'live', params: { version: version ?? '' } },
      evidence: [{ source: cluster }],
    },
    ...(version ? { deployed: { version, since } } : {}),
  };
}

const weu = (state: PlaceState, tone: Tone, version?: string) =>
  region('weu', state, tone, version, '2026-11-24T10:00:00Z');
const neu = (state: PlaceState, tone: Tone, version?: string) =>
  region('neu', state, tone, version, '2026-11-20T10:00:00Z');

describe('assessEnvironment', () => {
  it.each<
    [string, AssessedTarget[], { state: string; tone: string; text: string }]
  >([
    [
      'one region',
      [weu('failing', 'negative', '1.5.0')],
      { state: 'failing', tone: 'negative', text: 'Live: 1.5.0' },
    ],
    [
      'two alike',
      [weu('ready', 'positive', '1.5.0'), neu('ready', 'positive', '1.5.0')],
      { state: 'ready', tone: 'positive', text: 'Live: 1.5.0' },
    ],
    [
      'two versions',
      [weu('ready', 'positive', '1.5.0'), neu('ready', 'positive', '1.4.2')],
      { state: 'mixed', tone: 'warning', text: '1.5.0 in 1 of 2 regions' },
    ],
    [
      'one on its way',
      [
        weu('ready', 'positive', '1.5.0'),
        neu('progressing', 'progressing', '1.4.2'),
      ],
      {
        state: 'progressing',
        tone: 'progressing',
        text: 'On its way in neu; 1.5.0 in 1 of 2 regions',
      },
    ],
    [
      'one failing',
      [weu('ready', 'positive', '1.5.0'), neu('failing', 'negative', '1.4.2')],
      {
        state: 'failing',
        tone: 'negative',
        text: 'Failing in neu; 1.5.0 in 1 of 2 regions',
      },
    ],
    [
      'one cannot be seen',
      [weu('ready', 'positive', '1.5.0'), neu('unavailable', 'unknown')],
      {
        state: 'unavailable',
        tone: 'unknown',
        text: 'neu cannot be seen; 1.5.0 in 1 of 2 regions',
      },
    ],
    [
      'one empty',
      [weu('ready', 'positive', '1.5.0'), neu('empty', 'unknown')],
      {
        state: 'empty',
        tone: 'unknown',
        text: 'Nothing in neu yet; 1.5.0 in 1 of 2 regions',
      },
    ],
    [
      'the worse of two troubles',
      [
        weu('suspended', 'paused', '1.5.0'),
        neu('degraded', 'negative', '1.5.0'),
      ],
      {
        state: 'degraded',
        tone: 'negative',
        text: 'Pods are not ready in neu; 1.5.0 in 0 of 2 regions',
      },
    ],
    [
      'no region',
      [],
      {
        state: 'unknown',
        tone: 'unknown',
        text: 'This environment has no place to run in',
      },
    ],
  ])('%s', (_, targets, expected) => {
    for (const given of [targets, [...targets].reverse()]) {
      const { state, tone, reason } = assessEnvironment(given);

      expect({ state, tone, text: renderFluxPhrase(reason) }).toEqual(expected);
    }
  });
});
