// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import {
  Changing,
  EmptyState,
  ErrorState,
  Freshness,
  LoadingSkeleton,
  StatusPill,
} from '@fairway/plugin-delivery-react';
import type { DeploymentsDocument } from '@fairway/plugin-flux-common';
import { summarizeEnvironment } from '../deployments/summarizeEnvironment';
import { useDeployments } from '../deployments/useDeployments';
import { useFluxPhrases } from '../deployments/useFluxPhrases';
import { fluxTranslationRef } from '../translation';
import styles from './DeploymentsCard.module.css';

/** Three environments, one line and one sentence each. */
const BODY_HEIGHT = 148;

function Environments(props: { document: DeploymentsDocument }) {
  const { t } = useTranslationRef(fluxTranslationRef);
  const phrase = useFluxPhrases();
  const environments = [...props.document.environments].sort(
    (a, b) => a.order - b.order,
  );
  return (
    <ul className={styles.list}>
      {environments.map(environment => {
        const { name, title, verdict } = environment;
        const versions = summarizeEnvironment(environment).running.map(
          ({ version }) => version,
        );
        return (
          <li key={name} className={styles.row}>
            <strong>{title}</strong>
            <Changing value={versions.join()}>
              {versions.length > 0
                ? t('card.runs', { version: versions.join(', ') })
                : t('card.nothing')}
            </Changing>
            <StatusPill
              tone={verdict.tone}
              label={t(`state.${verdict.state}`)}
            />
            {verdict.tone !== 'positive' && (
              <span className={styles.reason}>{phrase(verdict.reason)}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The card on a service's overview: the verdict for each environment. */
export function DeploymentsCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(fluxTranslationRef);
  const { data, status, error, asOf, liveSince, refresh } =
    useDeployments(entity);
  const body = () => {
    if (status === 'gone') {
      return (
        <EmptyState
          level={3}
          title={t('page.goneTitle')}
          description={t('page.goneDescription')}
        />
      );
    }
    if (data) {
      return data.environments.length > 0 ? (
        <Environments document={data} />
      ) : (
        <EmptyState
          level={3}
          title={t('page.noEnvironmentsTitle')}
          description={t('page.noEnvironmentsDescription')}
        />
      );
    }
    return error ? (
      <ErrorState
        error={error}
        title={t('page.errorTitle')}
        onRetry={refresh}
      />
    ) : (
      <LoadingSkeleton what={t('page.deployments')} height={BODY_HEIGHT} />
    );
  };
  return (
    <EntityInfoCard
      title={t('card.title')}
      headerActions={
        <Freshness status={status} asOf={asOf} liveSince={liveSince} />
      }
    >
      {body()}
    </EntityInfoCard>
  );
}
