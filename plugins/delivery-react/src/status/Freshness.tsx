// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Tone } from '@fairway/plugin-delivery-common';
import type { LiveStatus } from '../live';
import { useFormats, useNow } from '../time';
import { toneClass } from '../tone';
import { deliveryReactTranslationRef } from '../translation';
import styles from './Freshness.module.css';

const TONES: Record<LiveStatus, Tone> = {
  loading: 'unknown',
  live: 'positive',
  polling: 'progressing',
  paused: 'paused',
  error: 'negative',
  gone: 'unknown',
};

/** @public */
export interface FreshnessProps {
  status: LiveStatus;
  /** Since when updates arrive by themselves, milliseconds since 1970. */
  liveSince?: number;
  /** When the data was last confirmed, milliseconds since 1970. */
  asOf?: number;
}

/**
 * How a page gets its news, in words: "live since 14:02". It is no live region:
 * a screen reader would be interrupted by every reconnect.
 *
 * @public
 */
export function Freshness(props: FreshnessProps) {
  const { status, liveSince, asOf } = props;
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  const formats = useFormats();
  const now = useNow();
  const words = () => {
    if (status === 'live' && liveSince !== undefined) {
      return t('freshness.liveSince', { time: formats.clock(liveSince, now) });
    }
    if (status === 'error' && asOf !== undefined) {
      return t('freshness.errorSince', { time: formats.clock(asOf, now) });
    }
    return t(`freshness.${status}`);
  };
  const dot = status === 'live' ? styles.dot : `${styles.dot} ${styles.hollow}`;
  return (
    <span
      className={`${styles.freshness} ${toneClass(TONES[status])}`}
      title={
        asOf === undefined
          ? undefined
          : t('freshness.asOf', { time: formats.absolute(asOf) })
      }
    >
      <span className={dot} aria-hidden="true" />
      <span>{words()}</span>
    </span>
  );
}
