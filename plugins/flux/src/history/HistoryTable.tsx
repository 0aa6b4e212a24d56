// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { StackingTable, Timestamp } from '@fairway/plugin-delivery-react';
import type {
  DeploymentRecord,
  EnvironmentDeployments,
} from '@fairway/plugin-flux-common';
import { Fragment } from 'react';
import { CommitLink } from '../deployments/CommitLink';
import { fluxTranslationRef } from '../translation';
import { groupRegions, type DeploymentRow } from './groupRegions';
import styles from './History.module.css';

/** The deployments as rows, newest first; the same change in several regions is one row. */
export function HistoryTable(props: {
  records: readonly DeploymentRecord[];
  environments: readonly EnvironmentDeployments[];
}) {
  const { records, environments } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const columns = {
    when: t('history.when'),
    environment: t('history.environment'),
    version: t('history.version'),
    what: t('history.what'),
    who: t('history.who'),
    image: t('history.image'),
  };
  return (
    <StackingTable columns={Object.values(columns)}>
      {groupRegions(records).map(row => {
        const { record, missedBefore } = row;
        const { commit, image } = record;
        return (
          <Fragment key={record.id}>
            <tr>
              <td data-column={columns.when} className={styles.nowrap}>
                <Timestamp time={record.startedAt} format="clock" />
              </td>
              <td data-column={columns.environment}>
                <Place row={row} environments={environments} />
              </td>
              <td data-column={columns.version}>
                <div>
                  <bdi>{record.version}</bdi>
                  {record.change === 'configuration' && (
                    <div className={styles.quiet}>
                      {t('history.configuration')}
                    </div>
                  )}
                  {record.change === 'by-hand' && (
                    <div className={styles.quiet}>{t('history.byHand')}</div>
                  )}
                </div>
              </td>
              <td data-column={columns.what}>
                {commit ? (
                  <CommitLink commit={commit} text={commit.subject} />
                ) : (
                  <span className={styles.quiet}>
                    {t('history.unknownWhat')}
                  </span>
                )}
              </td>
              <td data-column={columns.who}>
                {commit ? (
                  <bdi>{commit.author}</bdi>
                ) : (
                  <span className={styles.quiet}>
                    {t('history.unknownWho')}
                  </span>
                )}
              </td>
              <td data-column={columns.image}>
                <span className={styles.digest} title={image.digest}>
                  {image.digest
                    ? image.digest.replace(/^sha256:/, '').slice(0, 12)
                    : image.tag}
                </span>
              </td>
            </tr>
            {missedBefore > 0 && (
              <tr>
                <td colSpan={columnCount(columns)} className={styles.quiet}>
                  {t('history.missed', { count: missedBefore })}
                </td>
              </tr>
            )}
          </Fragment>
        );
      })}
    </StackingTable>
  );
}

function columnCount(columns: Record<string, string>): number {
  return Object.keys(columns).length;
}

/** The environment, and which of its regions when it has several. */
function Place(props: {
  row: DeploymentRow;
  environments: readonly EnvironmentDeployments[];
}) {
  const { row, environments } = props;
  const { t } = useTranslationRef(fluxTranslationRef);
  const name = row.record.environment;
  const environment = environments.find(other => other.name === name);
  const regions = environment?.targets.length ?? 0;
  return (
    <div>
      {environment?.title ?? name}
      {regions > 1 && (
        <div className={styles.quiet}>
          {row.clusters.length === regions
            ? t('environment.regions', { count: regions })
            : row.clusters.join(', ')}
        </div>
      )}
    </div>
  );
}
