// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { EmptyState, Section } from '@fairway/plugin-delivery-react';
import { deliveryTranslationRef } from '../translation';
import styles from './HomePage.module.css';

/** The reader owns nothing: the two ways to change that. */
export function NoServices(props: { createHref?: string }) {
  const { createHref } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Section title={t('services.title')}>
      <EmptyState
        level={3}
        title={t('empty.title')}
        description={t('empty.description')}
        action={
          <>
            <ol className={styles.ways}>
              <li>{t('empty.create')}</li>
              <li>{t('empty.onboard')}</li>
            </ol>
            {createHref && (
              <ButtonLink href={createHref} variant="primary">
                {t('home.create')}
              </ButtonLink>
            )}
          </>
        }
      />
    </Section>
  );
}
