// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  Phrase,
  SourceState,
  SourceStatus,
  Tone,
} from '@fairway/plugin-delivery-common';
import { StatusPill } from '../status';
import { Timestamp } from '../time';
import { toneClass } from '../tone';
import { deliveryReactTranslationRef } from '../translation';
import styles from './Notice.module.css';

const TONES: Record<SourceState, Tone> = {
  current: 'positive',
  stale: 'warning',
  partial: 'warning',
  stopped: 'paused',
  unreachable: 'negative',
  unauthorized: 'negative',
  forbidden: 'negative',
  'not-installed': 'unknown',
  'not-collected': 'unknown',
  'not-bound': 'warning',
  disabled: 'unknown',
};

/** @public */
export interface SourceNoticeProps {
  /** Name of the source in the reader's terms: `aks-dev-weu`. */
  source: string;
  status: SourceStatus;
  /** Words for the reason and the next step that the source gives; general words otherwise. */
  phrase?: (phrase: Phrase) => string;
}

/**
 * What is the matter with a source: what, why, since when, and what to do. Show it
 * beside the data that is still there, not instead of it.
 *
 * @public
 */
export function SourceNotice(props: SourceNoticeProps) {
  const { source, status, phrase } = props;
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  const { state, asOf, reason, next } = status;
  return (
    <div className={`${styles.notice} ${toneClass(TONES[state])}`}>
      <div className={styles.title}>
        <StatusPill tone={TONES[state]} label={t(`source.${state}.title`)} />
        <span>{source}</span>
        <span className={styles.quiet}>
          {asOf === undefined ? (
            t('source.never')
          ) : (
            <>
              {t('source.asOf')} <Timestamp time={asOf} />
            </>
          )}
        </span>
      </div>
      <p className={styles.text}>
        {reason && phrase ? phrase(reason) : t(`source.${state}.why`)}
      </p>
      <p className={styles.text}>
        <strong>{t('source.next')}</strong>{' '}
        {next && phrase ? phrase(next) : t(`source.${state}.next`)}
      </p>
    </div>
  );
}
