// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { deliveryReactTranslationRef } from '../translation';
import styles from './Notice.module.css';

/** @public */
export interface ErrorStateProps {
  error: Error;
  /** What could not be loaded; general words otherwise. */
  title?: string;
  onRetry?: () => void;
}

/** Something failed and there is nothing older to show. @public */
export function ErrorState(props: ErrorStateProps) {
  const { error, title, onRetry } = props;
  const { t } = useTranslationRef(deliveryReactTranslationRef);
  const description = () => {
    switch (error.name) {
      case 'NotFoundError':
        return t('error.gone');
      case 'AuthenticationError':
        return t('error.signedOut');
      default:
        return t('error.description');
    }
  };
  return (
    <div className={styles.centred} role="alert">
      <h2>{title ?? t('error.title')}</h2>
      <p>{description()}</p>
      {onRetry && (
        <Button variant="secondary" onPress={onRetry}>
          {t('error.retry')}
        </Button>
      )}
      <details className={styles.details}>
        <summary>{t('error.details')}</summary>
        <code>{error.message}</code>
      </details>
    </div>
  );
}
