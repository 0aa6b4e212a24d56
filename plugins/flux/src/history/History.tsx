// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  Section,
  SourceNotice,
  downloadText,
  type PhraseRenderer,
} from '@fairway/plugin-delivery-react';
import type {
  DeploymentsDocument,
  EnvironmentDeployments,
} from '@fairway/plugin-flux-common';
import { fluxTranslationRef } from '../translation';
import { HistoryTable } from './HistoryTable';
import { historyCsv } from './historyCsv';
import { useHistory } from './useHistory';
import styles from './History.module.css';

export interface HistoryProps {
  /** Name of the service, for the file. */
  service: string;
  document: DeploymentsDocument;
  /** In the order of the page. */
  environments: readonly EnvironmentDeployments[];
  /** Only this environment's records. */
  environment?: string;
  phrase: PhraseRenderer;
  onShowAll: () => void;
}

/** What changed in the service's own objects, newest first. */
export function History(props: HistoryProps) {
  const { service, document, environments, environment, phrase, onShowAll } =
    props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const { records, loadOlder, isLoading, error } = useHistory(
    document,
    environment,
  );
  const title = environments.find(e => e.name === environment)?.title;
  const save = () =>
    downloadText(
      `${service}-deployments.csv`,
      historyCsv(
        [
          t('history.when'),
          t('history.environment'),
          t('history.cluster'),
          t('history.workload'),
          t('history.version'),
          t('history.what'),
          t('history.who'),
          t('history.commit'),
          t('history.image'),
          t('history.digest'),
        ],
        records,
      ),
    );
  return (
    <Section
      level={3}
      title={t('history.title')}
      subtitle={title && t('history.only', { environment: title })}
      aside={
        <span className={styles.tools}>
          {title && (
            <Button size="small" variant="tertiary" onPress={onShowAll}>
              {t('history.all')}
            </Button>
          )}
          <Button
            size="small"
            variant="secondary"
            isDisabled={records.length === 0}
            onPress={save}
          >
            {t('history.export')}
          </Button>
        </span>
      }
    >
      {document.commits && (
        <SourceNotice
          source={t('history.commits')}
          status={document.commits}
          phrase={phrase}
        />
      )}
      {records.length === 0 ? (
        <p className={styles.quiet}>
          {title
            ? t('history.emptyFiltered', { environment: title })
            : t('history.empty')}
        </p>
      ) : (
        <HistoryTable records={records} environments={environments} />
      )}
      {error && <p role="alert">{t('history.olderFailed')}</p>}
      {loadOlder && (
        <Button
          size="small"
          variant="secondary"
          isDisabled={isLoading}
          onPress={loadOlder}
        >
          {isLoading ? t('history.olderLoading') : t('history.older')}
        </Button>
      )}
    </Section>
  );
}
