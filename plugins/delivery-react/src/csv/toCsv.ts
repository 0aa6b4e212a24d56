// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * A value as one cell. Spreadsheets run cells that begin with one of these signs,
 * and commit subjects are foreign text: they get an apostrophe (OWASP, "CSV
 * Injection").
 */
function cell(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value);
  const safe =
    typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Rows as comma-separated values (RFC 4180), header first.
 *
 * @public
 */
export function toCsv(
  header: readonly string[],
  rows: ReadonlyArray<ReadonlyArray<string | number | undefined>>,
): string {
  return [header, ...rows]
    .map(row => `${row.map(cell).join(',')}\r\n`)
    .join('');
}
