// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SearchField } from '@backstage/ui';
import type {
  HomeDocument,
  HomeEnvironment,
  HomeService,
} from '@fairway/plugin-delivery-common';
import {
  Changing,
  Section,
  SourceFooter,
  StackingTable,
  StatusPill,
} from '@fairway/plugin-delivery-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { deliveryTranslationRef } from '../translation';
import { ServiceLink } from './ServiceLink';
import { usePhrase } from './usePhrase';
import { useStateWord } from './useStateWord';
import styles from './MyServices.module.css';

/** From so many services on, the table has a filter. */
const FILTER_FROM = 8;

/** The reader's services and what runs in each environment. */
export function MyServices(props: { home: HomeDocument; asOf?: number }) {
  const { home, asOf } = props;
  const { environments, services, total, truncated } = home;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [search, setSearch] = useSearchParams();
  const filter = search.get('filter') ?? '';
  const shown = useMemo(
    () => services.filter(service => matches(service, filter)),
    [services, filter],
  );
  const setFilter = (value: string) =>
    setSearch(value ? { filter: value } : {}, { replace: true });
  return (
    <Section
      title={t('services.title')}
      subtitle={
        truncated
          ? t('services.truncated', {
              shown: String(services.length),
              total: String(total),
            })
          : t('services.count', { count: total })
      }
      aside={
        (services.length >= FILTER_FROM || filter) && (
          <SearchField
            aria-label={t('services.filter')}
            placeholder={t('services.filter')}
            size="small"
            value={filter}
            onChange={setFilter}
          />
        )
      }
      footer={<SourceFooter source={t('services.source')} asOf={asOf} />}
    >
      {shown.length === 0 ? (
        <p role="status">{t('services.noMatch', { filter })}</p>
      ) : (
        <ServiceTable services={shown} columns={environments} />
      )}
    </Section>
  );
}

function matches(service: HomeService, filter: string) {
  const wanted = filter.trim().toLowerCase();
  return [service.title, service.owner, service.description ?? ''].some(text =>
    text.toLowerCase().includes(wanted),
  );
}

function ServiceTable(props: {
  services: HomeService[];
  columns: HomeDocument['environments'];
}) {
  const { services, columns } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <StackingTable
      columns={[t('services.service'), ...columns.map(({ title }) => title)]}
    >
      {services.map(service => (
        <tr key={service.entityRef}>
          <th scope="row" className={styles.service}>
            <ServiceLink entityRef={service.entityRef} title={service.title} />
            {service.description && (
              <span className={styles.description} dir="auto">
                {service.description}
              </span>
            )}
          </th>
          {columns.map(({ name, title }) => (
            <EnvironmentCell
              key={name}
              column={title}
              environment={service.environments.find(
                other => other.name === name,
              )}
            />
          ))}
        </tr>
      ))}
    </StackingTable>
  );
}

function EnvironmentCell(props: {
  column: string;
  environment?: HomeEnvironment;
}) {
  const { column, environment } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const word = useStateWord();
  const phrase = usePhrase();
  if (!environment) {
    return (
      <td data-column={column} className={styles.absent}>
        {t('services.absent')}
      </td>
    );
  }
  const { state, tone, version, reason } = environment;
  if (state === 'empty') {
    return (
      <td data-column={column} className={styles.absent} title={phrase(reason)}>
        {t('services.nothing')}
      </td>
    );
  }
  return (
    <td data-column={column}>
      <Changing value={`${version} ${state}`}>
        <span className={styles.cell} title={phrase(reason)}>
          {version && <span className={styles.version}>{version}</span>}{' '}
          <StatusPill tone={tone} label={word(state)} />
        </span>
      </Changing>
    </td>
  );
}
