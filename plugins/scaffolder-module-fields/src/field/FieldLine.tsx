// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { toneClass } from '@fairway/plugin-delivery-react';
import styles from './Field.module.css';

/**
 * The line under a text field: what is wrong, else what is good to know. Always there,
 * so that an error that appears when the field is left does not move the button that
 * the pointer is on.
 */
export function FieldLine(props: {
  /** The field names it in `aria-describedby`. */
  id: string;
  error?: string;
  hint?: string;
}) {
  const { id, error, hint } = props;
  return (
    <p
      id={id}
      role="status"
      className={
        error
          ? `${styles.line} ${styles.wrong} ${toneClass('negative')}`
          : styles.line
      }
    >
      {error ?? hint}
    </p>
  );
}
