// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const UNITS: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000001,
};

/** Milliseconds of a Go duration such as `1m30s`; undefined when the text is none. */
export function parseDuration(text: string | undefined): number | undefined {
  if (!text || !/^(\d+(\.\d+)?(h|ms|m|us|µs|ns|s))+$/.test(text)) {
    return undefined;
  }
  let total = 0;
  for (const [, number, , unit] of text.matchAll(
    /(\d+(\.\d+)?)(h|ms|m|us|µs|ns|s)/g,
  )) {
    total += Number(number) * UNITS[unit];
  }
  return total;
}

/** A duration as Go prints it: `4m30s`, `2m0s`, `1h0m0s`, `66.583ms`, `5.05s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) {
    return '0s';
  }
  if (ms < 1) {
    return `${Number((ms * 1000).toFixed(3))}µs`;
  }
  if (ms < 1000) {
    return `${trim(ms)}ms`;
  }
  const hours = Math.floor(ms / UNITS.h);
  const minutes = Math.floor((ms % UNITS.h) / UNITS.m);
  const seconds = trim((ms % UNITS.m) / UNITS.s);
  if (hours > 0) {
    return `${hours}h${minutes}m${seconds}s`;
  }
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

function trim(value: number): string {
  return String(Number(value.toFixed(6)));
}
