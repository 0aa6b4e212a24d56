// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';
import styles from './StackingTable.module.css';

/**
 * A table whose rows become blocks on a narrow screen. Each `td` names its column in
 * `data-column`, which is shown where there is no header.
 *
 * @public
 */
export function StackingTable(props: {
  /** Titles of the columns, in their order. */
  columns: readonly string[];
  /** The rows: `tr` elements. */
  children: ReactNode;
}) {
  const { columns, children } = props;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map(title => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
