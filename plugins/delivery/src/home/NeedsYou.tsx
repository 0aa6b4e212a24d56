// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { HomeAttention } from '@fairway/plugin-delivery-common';
import {
  Section,
  SourceFooter,
  StatusPill,
  Timestamp,
} from '@fairway/plugin-delivery-react';
import { deliveryTranslationRef } from '../translation';
import { ServiceLink } from './ServiceLink';
import { usePhrase } from './usePhrase';
import styles from './NeedsYou.module.css';

/** What waits for the reader, worst first; says so when nothing does. */
export function NeedsYou(props: { items: HomeAttention[]; asOf?: number }) {
  const { items, asOf } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const phrase = usePhrase();
  return (
    <Section
      title={
        items.length === 0
          ? t('needsYou.title')
          : t('needsYou.titleNumber', {
              number: String(items.length),
            })
      }
      footer={<SourceFooter source={t('services.source')} asOf={asOf} />}
    >
      {items.length === 0 ? (
        <p className={styles.allWell}>{t('needsYou.allWell')}</p>
      ) : (
        <ul className={styles.list}>
          {items.map(item => (
            <li
              key={`${item.entityRef} ${item.environment}`}
              className={styles.item}
            >
              <span className={styles.what}>
                <ServiceLink
                  entityRef={item.entityRef}
                  title={t('needsYou.in', {
                    service: item.title,
                    environment: item.environment,
                  })}
                />
              </span>
              <StatusPill tone={item.tone} />
              <span className={styles.reason} dir="auto">
                {phrase(item.reason)}
              </span>
              {item.since && (
                <span className={styles.since}>
                  <Timestamp time={item.since} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
