// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { RiArrowRightLine } from '@remixicon/react';
import type { Persona } from './personas';
import styles from './PersonaCard.module.css';

/** A persona as a large button: who they are and what they can see. */
export function PersonaCard(props: {
  persona: Persona;
  onChoose(persona: Persona): void;
}) {
  const { persona, onChoose } = props;
  return (
    <button
      type="button"
      className={styles.card}
      onClick={() => onChoose(persona)}
    >
      <span className={styles.initial} aria-hidden="true">
        {[...persona.title][0]}
      </span>
      <span className={styles.text}>
        <span className={styles.title}>{persona.title}</span>{' '}
        <span className={styles.role}>{persona.role}</span>{' '}
        <span className={styles.sees}>{persona.sees}</span>
      </span>
      <RiArrowRightLine
        className={styles.arrow}
        size={18}
        aria-hidden="true"
        focusable="false"
      />
    </button>
  );
}
