// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Lets the browser save a text as a file. The byte order mark tells spreadsheets that it is UTF-8. @public */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(
    new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
