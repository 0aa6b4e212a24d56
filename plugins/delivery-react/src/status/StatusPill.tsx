// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Tone } from '@fairway/plugin-delivery-common';
import { toneClass } from '../tone';
import { deliveryReactTranslationRef } from '../translation';
import { ToneIcon } from './ToneIcon';
import styles from './StatusPill.module.css';

/** @public */
export interface StatusPillProps {
  tone: Tone;
  /** The state in words, translated by the caller; the tone's own word when absent. */
  label?: string;
}

/** A status as icon and word on a quiet colour. @public */
export function StatusPill(props: StatusPillProps) {
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  return (
    <span className={`${styles.pill} ${toneClass(props.tone)}`}>
      <ToneIcon tone={props.tone} />
      <span className={styles.word}>
        {props.label ?? t(`tone.${props.tone}`)}
      </span>
    </span>
  );
}
