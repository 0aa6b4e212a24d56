// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** When each mark was made or seen, in ms since the epoch. */
export type Marks = Map<string, number>;

/** A text that is found again wherever a change arrives. */
export function markOf(change: number): string {
  return `bench-${change}.`;
}

/** Notes the marks in a text, unless they were seen before. */
export function noteMarks(text: string, seen: Marks, now: number): void {
  for (const [mark] of text.matchAll(/bench-\d+\./g)) {
    if (!seen.has(mark)) {
      seen.set(mark, now);
    }
  }
}

/** How long each took to be seen, in ms. What was never seen is left out: who waits for it fails before. */
export function delays(made: Marks, seen: Marks): number[] {
  return [...made].flatMap(([mark, at]) => {
    const then = seen.get(mark);
    return then === undefined ? [] : [then - at];
  });
}
