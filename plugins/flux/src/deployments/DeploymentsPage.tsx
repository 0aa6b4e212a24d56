// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  EmptyState,
  ErrorState,
  Freshness,
  LoadingSkeleton,
} from '@fairway/plugin-delivery-react';
import { fluxTranslationRef } from '../translation';
import { DeploymentsContent } from './DeploymentsContent';
import { useDeployments } from './useDeployments';
import styles from './DeploymentsPage.module.css';

/** Heights of a card and of a history of some rows, so that nothing jumps. */
const CARD_HEIGHT = 218;
const HISTORY_HEIGHT = 320;

/** The tab "Deployments" of a service: is my change live, and why not. */
export function DeploymentsPage() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(fluxTranslationRef);
  const { data, status, error, asOf, liveSince, refresh } =
    useDeployments(entity);
  if (status === 'gone') {
    return (
      <EmptyState
        title={t('page.goneTitle')}
        description={t('page.goneDescription')}
      />
    );
  }
  if (!data) {
    return error ? (
      <ErrorState
        error={error}
        title={t('page.errorTitle')}
        onRetry={refresh}
      />
    ) : (
      <div className={styles.page}>
        <div className={styles.environments}>
          {[0, 1, 2].map(index => (
            <LoadingSkeleton
              key={index}
              what={t('page.deployments')}
              height={CARD_HEIGHT}
            />
          ))}
        </div>
        <LoadingSkeleton what={t('history.title')} height={HISTORY_HEIGHT} />
      </div>
    );
  }
  return (
    <DeploymentsContent
      service={entity.metadata.name}
      document={data}
      freshness={
        <Freshness status={status} asOf={asOf} liveSince={liveSince} />
      }
    />
  );
}
