// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import styles from './Navigation.module.css';

/** The name of the product: set in type, so that it follows the theme. */
export function Logo() {
  return (
    <span className={styles.wordmark}>
      fair<span>way</span>
    </span>
  );
}
