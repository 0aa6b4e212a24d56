// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Measurement } from './Measurement';

const NUMBER = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** Measurements as a table for people. */
export function formatTable(measurements: Measurement[]): string {
  const rows = [
    ['measure', 'unit', 'stock', 'Fairway', 'ratio', 'target', ''],
    ...measurements.map(row),
  ];
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(cells => cells[column].length)),
  );
  return rows
    .map(cells =>
      cells
        .map((cell, column) =>
          // Words to the left, numbers to the right.
          column < 2 || column === 6
            ? cell.padEnd(widths[column])
            : cell.padStart(widths[column]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function row(measurement: Measurement): string[] {
  const { metric, unit, baseline, value, ratio, target, pass } = measurement;
  return [
    metric,
    unit,
    number(baseline),
    number(value),
    ratio === null ? '' : ratioText(ratio),
    number(target),
    pass ? 'met' : 'MISSED',
  ];
}

function number(value: number | null): string {
  return value === null ? '-' : NUMBER.format(value);
}

/** A share for what is smaller, a multiple for what is larger. */
function ratioText(ratio: number): string {
  if (ratio > 2) {
    return `${NUMBER.format(ratio)} x`;
  }
  const percent = ratio * 100;
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}
