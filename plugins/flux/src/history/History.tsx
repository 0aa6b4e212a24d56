// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  Section,
  Timestamp,
  downloadText,
} from '@fairway/plugin-delivery-react';
import type {
  DeploymentRecord,
  EnvironmentDeployments,
} from '@fairway/plugin-flux-common';
import { CommitLink } from '../deployments/CommitLink';
import { fluxTranslationRef } from '../translation';
import { historyCsv } from './historyCsv';
import styles from './History.module.css';

export interface HistoryProps {
  /** Name of the service, for the file. */
  service: string;
  history: readonly DeploymentRecord[];
  environments: readonly EnvironmentDeployments[];
  /** Only this environment's records. */
  environment?: string;
  onShowAll: () => void;
}

/** What changed in the service's own objects, newest first. */
export function History(props: HistoryProps) {
  const { service, history, environments, environment, onShowAll } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const titles = new Map(environments.map(e => [e.name, e.title]));
  const titleOf = (name: string) => titles.get(name) ?? name;
  // With several regions a record says in which one it happened.
  const regional = new Set(
    environments.filter(e => e.targets.length > 1).map(e => e.name),
  );
  const records = environment
    ? history.filter(record => record.environment === environment)
    : history;
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
      subtitle={
        environment && t('history.only', { environment: titleOf(environment) })
      }
      aside={
        <span className={styles.tools}>
          {environment && (
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
      {records.length === 0 ? (
        <p className={styles.quiet}>
          {environment
            ? t('history.emptyFiltered', { environment: titleOf(environment) })
            : t('history.empty')}
        </p>
      ) : (
        // Scrolls sideways on a narrow screen: reachable by keyboard.
        <div
          className={styles.scroll}
          role="group"
          aria-label={t('history.scroll')}
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls needs the keyboard (WCAG 2.1.1)
          tabIndex={0}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('history.when')}</th>
                <th scope="col">{t('history.environment')}</th>
                <th scope="col">{t('history.version')}</th>
                <th scope="col">{t('history.what')}</th>
                <th scope="col">{t('history.who')}</th>
                <th scope="col">{t('history.image')}</th>
              </tr>
            </thead>
            <tbody>
              {records.map(record => (
                <tr key={record.id}>
                  <td className={styles.nowrap}>
                    <Timestamp time={record.startedAt} format="clock" />
                  </td>
                  <td>
                    {titleOf(record.environment)}
                    {regional.has(record.environment) && (
                      <div className={styles.quiet}>{record.cluster}</div>
                    )}
                  </td>
                  <td>
                    <bdi>{record.version}</bdi>
                  </td>
                  <td>
                    {record.commit ? (
                      <CommitLink
                        commit={record.commit}
                        text={record.commit.subject}
                      />
                    ) : (
                      <span className={styles.quiet}>
                        {t('history.unknownWhat')}
                      </span>
                    )}
                  </td>
                  <td>
                    {record.commit ? (
                      <bdi>{record.commit.author}</bdi>
                    ) : (
                      <span className={styles.quiet}>
                        {t('history.unknownWho')}
                      </span>
                    )}
                  </td>
                  <td className={styles.digest} title={record.image.digest}>
                    {record.image.digest
                      ? record.image.digest.replace(/^sha256:/, '').slice(0, 12)
                      : record.image.tag}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
