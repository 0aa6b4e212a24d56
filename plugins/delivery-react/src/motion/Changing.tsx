// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './Changing.module.css';

/** As long as the animation of the style sheet. */
const HIGHLIGHT_MS = 1600;

/** @public */
export interface ChangingProps {
  /** What is compared: the highlight appears when it becomes another one. */
  value: string | number | undefined;
  children: ReactNode;
}

/**
 * Content that changes in place: a short highlight shows the eye where, nothing
 * moves, and readers who asked for less motion see none. The first value is no
 * change.
 *
 * @public
 */
export function Changing(props: ChangingProps) {
  const { value, children } = props;
  const seen = useRef(value);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (seen.current === value) {
      return undefined;
    }
    seen.current = value;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <span
      className={
        changed ? `${styles.changing} ${styles.changed}` : styles.changing
      }
    >
      {children}
    </span>
  );
}
