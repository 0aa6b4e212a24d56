// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** What the API server sends, of which only checked fields are believed. */
export type Raw = Record<string, unknown>;

export function map(value: unknown): Raw {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Raw)
    : {};
}

export function list(value: unknown): Raw[] {
  return Array.isArray(value) ? value.map(map) : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export function optionalCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}

const LONGEST_MESSAGE = 2048;

/** A message as it was, at most 2 KB. */
export function message(value: unknown): string | undefined {
  const full = text(value);
  return full && full.length > LONGEST_MESSAGE
    ? `${full.slice(0, LONGEST_MESSAGE)}…`
    : full;
}

const DURATION = /(\d+(?:\.\d+)?)(ms|h|m|s)/g;
const SECONDS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** Seconds of a Go duration such as `1h30m`; undefined for anything else. */
export function seconds(value: unknown): number | undefined {
  const full = text(value);
  if (!full || full.replace(DURATION, '') !== '') {
    return undefined;
  }
  let sum = 0;
  for (const [, amount, unit] of full.matchAll(DURATION)) {
    sum += Number(amount) * SECONDS[unit];
  }
  return sum;
}

/**
 * The same without what is undefined: absent fields cost no memory. A new object,
 * because one that had fields deleted is kept as a hash table, several times as large.
 */
export function compact<T extends object>(value: T): T {
  const kept: Partial<T> = {};
  for (const key of Object.keys(value) as Array<keyof T>) {
    if (value[key] !== undefined) {
      kept[key] = value[key];
    }
  }
  // Fields that may be undefined are optional in all projections.
  return kept as T;
}
