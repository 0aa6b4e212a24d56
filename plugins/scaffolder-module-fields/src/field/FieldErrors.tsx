// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { toneClass } from '@fairway/plugin-delivery-react';
import styles from './Field.module.css';

/** What is wrong with a field, said when it appears. */
export function FieldErrors(props: { errors: readonly string[] | undefined }) {
  return (
    <div role="alert">
      {[...new Set(props.errors)].map(error => (
        <p key={error} className={`${styles.error} ${toneClass('negative')}`}>
          {error}
        </p>
      ))}
    </div>
  );
}
