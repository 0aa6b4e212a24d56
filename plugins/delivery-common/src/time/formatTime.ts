// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const UNITS: ReadonlyArray<[name: string, seconds: number]> = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/**
 * A length of time in English, in its two largest units: `600` is `10 min`,
 * `5400` is `1 h 30 min`. Less than a second, and what is negative because two
 * clocks differ, is `0 s`.
 *
 * @param seconds - any number; what is no finite number is `0 s`
 * @public
 */
export function formatDuration(seconds: number): string {
  let rest = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  const parts: string[] = [];
  for (const [index, [name, size]] of UNITS.entries()) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) {
      parts.push(`${count} ${name}`);
      const next = UNITS[index + 1];
      const following = next ? Math.floor(rest / next[1]) : 0;
      return following > 0 ? `${parts[0]} ${following} ${next[0]}` : parts[0];
    }
  }
  return '0 s';
}

/**
 * How long ago an instant was: `4 min ago`. Never negative: an instant in the
 * future, seen by a clock that is behind, is `just now`.
 *
 * @param time - ISO 8601
 * @returns undefined when `time` is no instant
 * @public
 */
export function formatAge(time: string, now: Date): string | undefined {
  const began = Date.parse(time);
  if (Number.isNaN(began)) {
    return undefined;
  }
  const seconds = Math.round((now.getTime() - began) / 1000);
  return seconds < 1 ? 'just now' : `${formatDuration(seconds)} ago`;
}

/**
 * An instant in English and UTC: `2026-11-24 10:05 UTC`.
 *
 * @returns undefined when `time` is no instant
 * @public
 */
export function formatInstant(time: string): string | undefined {
  const instant = Date.parse(time);
  return Number.isNaN(instant)
    ? undefined
    : `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
