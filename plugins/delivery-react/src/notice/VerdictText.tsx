// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Phrase, Verdict } from '@fairway/plugin-delivery-common';
import { deliveryReactTranslationRef } from '../translation';
import styles from './Notice.module.css';

/** @public */
export interface VerdictTextProps {
  verdict: Verdict;
  /** Renders a code with its parameters. */
  phrase: (phrase: Phrase) => string;
  /** Leaves out the next step, where a card shows it elsewhere. */
  reasonOnly?: boolean;
  /** Leaves out the reason, where a title says it already. */
  nextOnly?: boolean;
}

/** A verdict as sentences: the reason, then what to do. @public */
export function VerdictText(props: VerdictTextProps) {
  const { verdict, phrase, reasonOnly, nextOnly } = props;
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  return (
    <>
      {!nextOnly && <p className={styles.text}>{phrase(verdict.reason)}</p>}
      {!reasonOnly && verdict.next && (
        <p className={styles.text}>
          <strong>{t('verdict.next')}</strong> {phrase(verdict.next)}
        </p>
      )}
    </>
  );
}
