// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { HomeService } from '@fairway/plugin-delivery-common';

/** One column of the table of services. */
export interface HomeColumn {
  name: string;
  title: string;
}

/**
 * The environments of all rows, in the order that each row has them.
 *
 * A service may leave environments out, so no single row has the whole order: the
 * longest row gives the frame and the others fill in behind their neighbours.
 */
export function homeColumns(services: HomeService[]): HomeColumn[] {
  const rows = services
    .map(({ environments }) => environments)
    .sort((a, b) => b.length - a.length);
  const columns: HomeColumn[] = [];
  for (const row of rows) {
    let place = 0;
    for (const { name, title } of row) {
      const known = columns.findIndex(column => column.name === name);
      if (known < 0) {
        columns.splice(place, 0, { name, title });
        place += 1;
      } else {
        place = known + 1;
      }
    }
  }
  return columns;
}
