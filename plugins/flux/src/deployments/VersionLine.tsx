// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Changing } from '@fairway/plugin-delivery-react';
import { fluxTranslationRef } from '../translation';
import { CommitLink } from './CommitLink';
import type { EnvironmentSummary } from './summarizeEnvironment';
import styles from './EnvironmentCard.module.css';

/** The versions in large letters: what runs, where it differs, and what Git wants instead. */
export function VersionLine(props: {
  summary: EnvironmentSummary;
  total: number;
}) {
  const { summary, total } = props;
  const { running, wanted, commit } = summary;
  const { t } = useTranslationRef(fluxTranslationRef);
  if (running.length === 0 && !wanted) {
    return (
      <div className={`${styles.version} ${styles.quiet}`}>
        {t('environment.nothing')}
      </div>
    );
  }
  return (
    <div className={styles.version}>
      {wanted && (
        <span>
          <bdi>{wanted}</bdi>{' '}
          <span className={styles.quiet}>{t('environment.wanted')}</span>
        </span>
      )}
      {running.map(({ version, targets }) => (
        <span key={version}>
          <Changing value={version}>
            <bdi>{version}</bdi>
          </Changing>{' '}
          {running.length > 1 && (
            <span className={styles.quiet}>
              {t('environment.versionIn', {
                at: String(targets),
                total: String(total),
              })}
            </span>
          )}
          {running.length === 1 && wanted && (
            <span className={styles.quiet}>{t('environment.running')}</span>
          )}
        </span>
      ))}
      {commit && !wanted && running.length === 1 && (
        <span className={styles.quiet}>
          <CommitLink commit={commit} />
        </span>
      )}
    </div>
  );
}
