// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * The value that a share of all values does not exceed (nearest rank), such as
 * the median for 0.5.
 *
 * @throws when there is no value: nothing measured is not zero
 */
export function quantile(values: number[], share: number): number {
  if (values.length === 0) {
    throw new Error('Nothing was measured.');
  }
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** The middle one; of an even number the lower of both. */
export function median(values: number[]): number {
  return quantile(values, 0.5);
}
