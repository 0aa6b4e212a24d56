// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** One figure of a bench, as `--json` prints it. */
export interface Measurement {
  bench: string;
  metric: string;
  /** Ours. Null: there was no answer. */
  value: number | null;
  unit: string;
  /** The same of what a user has today, in the same run. Null: there was no answer, or there is nothing to compare. */
  baseline: number | null;
  /** `value / baseline`. */
  ratio: number | null;
  /** The most that `value` may be. */
  target: number;
  pass: boolean;
}

/** What is known before it is judged. */
export interface Finding {
  metric: string;
  value: number | null;
  unit: string;
  baseline?: number | null;
  target: number;
  /** The target is a number to meet, not one to stay below. */
  exact?: boolean;
}

/** Compares with the baseline and judges by the target. No answer is never good enough. */
export function judge(bench: string, finding: Finding): Measurement {
  const { metric, value, unit, baseline = null, target, exact } = finding;
  if (Number.isNaN(value) || Number.isNaN(baseline)) {
    throw new Error(`${bench}: "${metric}" was not measured.`);
  }
  const comparable = value !== null && baseline !== null && baseline > 0;
  return {
    bench,
    metric,
    value: value === null ? null : rounded(value),
    unit,
    baseline: baseline === null ? null : rounded(baseline),
    ratio: comparable ? rounded(value / baseline) : null,
    target: rounded(target),
    pass: value !== null && (exact ? value === target : value <= target),
  };
}

/** Four digits say all that a measurement on a shared machine knows; whole numbers stay whole. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000
    ? Math.round(value)
    : Number(value.toPrecision(4));
}
