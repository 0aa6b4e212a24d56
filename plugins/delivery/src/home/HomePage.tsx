// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { HOME_TOPIC, type HomeDocument } from '@fairway/plugin-delivery-common';
import {
  ErrorState,
  Freshness,
  LoadingSkeleton,
  useLiveDocument,
  type LiveDocument,
} from '@fairway/plugin-delivery-react';
import { RiAddLine } from '@remixicon/react';
import { createServiceRouteRef } from '../routes';
import { deliveryTranslationRef } from '../translation';
import { Greeting } from './Greeting';
import { MyServices } from './MyServices';
import { NeedsYou } from './NeedsYou';
import { NoServices } from './NoServices';
import styles from './HomePage.module.css';

/** What needs the reader, and how the reader's services are. One request. */
export function HomePage() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const createService = useRouteRef(createServiceRouteRef);
  const home = useLiveDocument<HomeDocument>({
    topic: HOME_TOPIC,
    url: 'plugin://fairway-delivery/v1/home',
  });
  return (
    <main className={styles.page}>
      <div className={styles.header}>
        <Greeting />
        {home.data && (
          <Freshness
            status={home.status}
            liveSince={home.liveSince}
            asOf={home.asOf}
          />
        )}
        {createService && (
          <ButtonLink
            href={createService()}
            variant="primary"
            iconStart={<RiAddLine aria-hidden="true" />}
          >
            {t('home.create')}
          </ButtonLink>
        )}
      </div>
      <Content home={home} createHref={createService?.()} />
    </main>
  );
}

function Content(props: {
  home: LiveDocument<HomeDocument>;
  createHref?: string;
}) {
  const { home, createHref } = props;
  const { data, error, asOf } = home;
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (!data) {
    return error ? (
      <ErrorState
        title={t('home.errorTitle')}
        error={error}
        onRetry={home.refresh}
      />
    ) : (
      <LoadingSkeleton what={t('home.loading')} height={160} count={2} />
    );
  }
  if (data.total === 0) {
    return <NoServices createHref={createHref} />;
  }
  return (
    <div className={styles.sections}>
      <NeedsYou items={data.needsYou} asOf={asOf} />
      <MyServices home={data} asOf={asOf} />
    </div>
  );
}
