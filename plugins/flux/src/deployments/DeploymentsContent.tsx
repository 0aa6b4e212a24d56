// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EmptyState } from '@fairway/plugin-delivery-react';
import type { DeploymentsDocument } from '@fairway/plugin-flux-common';
import type { ReactNode } from 'react';
import { History } from '../history/History';
import { fluxTranslationRef } from '../translation';
import { WhyPanel } from '../why/WhyPanel';
import { EnvironmentCard } from './EnvironmentCard';
import { useFluxPhrases } from './useFluxPhrases';
import { useSelection } from './useSelection';
import { useSummary } from './useSummary';
import styles from './DeploymentsPage.module.css';

export interface DeploymentsContentProps {
  /** Name of the service. */
  service: string;
  document: DeploymentsDocument;
  /** How the page gets its news. */
  freshness: ReactNode;
}

/** The page when there is something to show. */
export function DeploymentsContent(props: DeploymentsContentProps) {
  const { service, document, freshness } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const phrase = useFluxPhrases();
  const selection = useSelection();
  const environments = [...document.environments].sort(
    (a, b) => a.order - b.order,
  );
  const summary = useSummary(environments, phrase);
  // An address may name an environment that is not there any more.
  const why = environments.find(({ name }) => name === selection.why);
  const only = environments.find(({ name }) => name === selection.environment);

  if (environments.length === 0) {
    return (
      <EmptyState
        title={t('page.noEnvironmentsTitle')}
        description={t('page.noEnvironmentsDescription')}
      />
    );
  }
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <h2 className={styles.summary}>{summary}</h2>
        {freshness}
      </div>
      <div className={styles.environments}>
        {environments.map(environment => (
          <EnvironmentCard
            key={environment.name}
            environment={environment}
            phrase={phrase}
            selection={selection}
          />
        ))}
      </div>
      {why && (
        <WhyPanel
          environment={why}
          phrase={phrase}
          onClose={() => selection.select({ why: undefined })}
        />
      )}
      <History
        service={service}
        document={document}
        environments={environments}
        environment={only?.name}
        phrase={phrase}
        onShowAll={() => selection.select({ environment: undefined })}
      />
    </div>
  );
}
