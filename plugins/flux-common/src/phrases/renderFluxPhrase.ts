// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Phrase } from '@fairway/plugin-delivery-common';
import { fluxPhrases } from './fluxPhrases';

const STEPS: Array<[string, number]> = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/** `600` -> `10 min`, `5400` -> `1 h 30 min`: the two largest units. */
function formatSeconds(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of STEPS) {
    const count = Math.floor(rest / size);
    if (count > 0 && parts.length < 2) {
      parts.push(`${count} ${unit}`);
    }
    rest %= size;
  }
  return parts.join(' ') || '0 s';
}

function formatParam(name: string, value: string | number): string {
  if (typeof value === 'number') {
    return name.endsWith('Seconds') ? formatSeconds(value) : String(value);
  }
  const time = /At$|^until$/.test(name) ? Date.parse(value) : NaN;
  return Number.isNaN(time)
    ? value
    : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/**
 * English for API, notifications and actions. A code that this version does not
 * know is given as it is.
 *
 * @public
 */
export function renderFluxPhrase(phrase: Phrase): string {
  const known = Object.prototype.hasOwnProperty.call(fluxPhrases, phrase.code);
  if (!known) {
    return phrase.code;
  }
  const text: string = fluxPhrases[phrase.code as keyof typeof fluxPhrases];
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
    Object.prototype.hasOwnProperty.call(phrase.params, name)
      ? formatParam(name, phrase.params[name])
      : '',
  );
}
