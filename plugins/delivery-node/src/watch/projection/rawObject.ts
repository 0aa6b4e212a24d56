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

/** An empty object for each set of fields that occurs; they follow from our code, so they are few. */
const templates = new Map<string, object>();

/**
 * The same without what is undefined: absent fields cost no memory. Objects of
 * equal fields are copies of one template, because one whose fields are deleted,
 * or added one by one, may become a hash table, several times as large.
 */
export function compact<T extends object>(value: T): T {
  const keys = (Object.keys(value) as Array<keyof T & string>).filter(
    key => value[key] !== undefined,
  );
  const fields = keys.join();
  let template = templates.get(fields);
  if (!template) {
    template = JSON.parse(
      `{${keys.map(key => `${JSON.stringify(key)}:null`).join()}}`,
    ) as object;
    templates.set(fields, template);
  }
  // Fields that may be undefined are optional in all projections.
  const kept = { ...template } as T;
  for (const key of keys) {
    kept[key] = value[key];
  }
  return kept;
}

/** The same with room for no more: what grew entry by entry has room for sixteen others. */
export function exact<T>(grown: T[]): T[] {
  return grown.slice();
}

/** The same text by itself: a part of a string holds on to the whole of it. */
export function copy(part: string): string {
  return Buffer.from(part).toString();
}
