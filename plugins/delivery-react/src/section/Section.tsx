// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { BgProvider } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import type { Tone } from '@fairway/plugin-delivery-common';
import { toneClass } from '../tone';
import styles from './Section.module.css';

/** @public */
export interface SectionProps {
  title: ReactNode;
  /** Level of the heading in the outline of the page; 2 unless told. */
  level?: 2 | 3 | 4;
  /** A few quiet words beside the title. */
  subtitle?: ReactNode;
  /** At the end of the title line: a pill, an indicator, a button. */
  aside?: ReactNode;
  /** Colours the upper edge; always say the same in words. */
  tone?: Tone;
  /** Age and source of the block. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** One block of a page: a named region with its age and source at the foot. @public */
export function Section(props: SectionProps) {
  const { title, level = 2, subtitle, aside, tone, footer, children } = props;
  const Heading = `h${level}` as const;
  const id = useId();
  const edge = tone ? ` ${styles.edged} ${toneClass(tone)}` : '';
  // Buttons step up from the surface that they stand on.
  return (
    <BgProvider bg="neutral-1">
      <section className={`${styles.section}${edge}`} aria-labelledby={id}>
        <div className={styles.header}>
          <Heading className={styles.title} id={id}>
            {title}
          </Heading>
          {subtitle && <span className={styles.subtitle}>{subtitle}</span>}
          {aside && <span className={styles.aside}>{aside}</span>}
        </div>
        <div className={styles.body}>{children}</div>
        {footer && <div className={styles.footer}>{footer}</div>}
      </section>
    </BgProvider>
  );
}
