// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** @public */
export interface EmptyStateProps {
  title: string;
  /** Why there is nothing, and what fills it. */
  description: ReactNode;
  /** The button, link or command that fills it. */
  action?: ReactNode;
  level?: 2 | 3;
}

/** There is nothing here, and that is known: why, and what to do. @public */
export function EmptyState(props: EmptyStateProps) {
  const Heading = `h${props.level ?? 2}` as const;
  return (
    <div className={styles.centred}>
      <Heading>{props.title}</Heading>
      <p>{props.description}</p>
      {props.action}
    </div>
  );
}
