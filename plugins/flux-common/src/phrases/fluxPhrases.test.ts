// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCE_STATES } from '@fairway/plugin-delivery-common';
import { PLACE_STATES_WORST_FIRST } from '../places/assessEnvironment';
import { fluxPhrases } from './fluxPhrases';
import { renderFluxPhrase } from './renderFluxPhrase';

/** Every code that the sources of the engine write down, with the ends that are chosen at run time. */
function codesInSources(): string[] {
  const directories = ['status', 'places', 'commits'].map(name =>
    join(__dirname, '..', name),
  );
  const text = directories
    .flatMap(directory =>
      readdirSync(directory)
        .filter(file => /^\w+\.ts$/.test(file))
        .map(file => readFileSync(join(directory, file), 'utf8')),
    )
    .join('\n');
  const written = [
    ...text.matchAll(/phrase\(\s*'([a-z.-]+)'/g),
    ...text.matchAll(/code: '([a-z.-]+)'/g),
    ...text.matchAll(/'(commits\.[a-z-]+)'/g),
    ...text.matchAll(/'(next\.[a-z-]+)'/g),
    ...text.matchAll(/'(progressing\.[a-z-]+)'/g),
  ].map(match => match[1]);
  const causes = [
    ...['pull', 'pull-missing', 'pull-denied', 'crash', 'memory', 'config'],
    ...['schedule', 'quota', 'other'],
  ];
  const blockers = ['failing', 'stalled', 'suspended', 'stale', 'waiting'];
  return [
    ...new Set([
      ...written,
      ...causes.flatMap(cause => [
        `next.${cause}`,
        `degraded.${cause}`,
        `rolling.${cause}`,
        `pods.${cause}`,
      ]),
      'progressing',
      'degraded.stuck',
      'rolling',
      'degraded',
      ...blockers.map(state => `waiting.on.${state}`),
      ...['failing', 'stalled', 'suspended'].map(
        state => `ready.source-${state}`,
      ),
      ...['suspended', 'suspended.by', 'suspended.until'].flatMap(code => [
        code,
        `${code}.failed`,
      ]),
      // A place that is not bound, or current, has words of its own.
      ...SOURCE_STATES.filter(
        state => state !== 'not-bound' && state !== 'current',
      ).map(state => `place.unavailable.${state}`),
      ...PLACE_STATES_WORST_FIRST.map(state => `regions.${state}`),
    ]),
  ].sort();
}

describe('fluxPhrases', () => {
  it('has words for every code, and no words that nothing says', () => {
    expect(Object.keys(fluxPhrases).sort()).toEqual(codesInSources());
  });

  it('leaves the full stop to who makes a sentence of a reason, and gives a next step whole', () => {
    const wrong = Object.entries(fluxPhrases).filter(
      ([code, words]) => /[.?]$/.test(words) !== code.startsWith('next.'),
    );

    expect(wrong).toEqual([]);
  });

  it('reads as sentences', () => {
    const sentence = (code: string, params = {}) =>
      renderFluxPhrase({ code, params });

    expect(sentence('live', { version: '1.5.0' })).toBe('Live: 1.5.0');
    expect(
      sentence('regions.mixed', { version: '1.5.0', at: 1, total: 2 }),
    ).toBe('1.5.0 in 1 of 2 regions');
    expect(
      sentence('stale', {
        reconciledAt: '2026-11-24T06:00:00Z',
        intervalSeconds: 600,
      }),
    ).toBe(
      'Says ready, but was last reconciled 2026-11-24 06:00 UTC (interval 10 min)',
    );
    expect(sentence('source.forbidden', { kind: 'Pod', cluster: 'dev' })).toBe(
      'The portal may not list Pod objects in dev',
    );
    expect(sentence('from.tomorrow')).toBe('from.tomorrow');
  });
});
