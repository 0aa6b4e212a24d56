// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';
import styles from './HiddenText.module.css';

/**
 * Text for accessible names only. A `span`, so that it may stand inside a
 * sentence; the design system's `VisuallyHidden` is a block.
 *
 * @public
 */
export function HiddenText(props: { children: ReactNode }) {
  return <span className={styles.hidden}>{props.children}</span>;
}
