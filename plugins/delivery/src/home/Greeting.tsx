// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useNow } from '@fairway/plugin-delivery-react';
import { useEffect, useState } from 'react';
import { deliveryTranslationRef } from '../translation';
import styles from './HomePage.module.css';

/** Greets by the reader's own clock, and by name once it is known. */
export function Greeting() {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const identity = useApi(identityApiRef);
  const hour = new Date(useNow()).getHours();
  const [name, setName] = useState<string>();
  useEffect(() => {
    let wanted = true;
    identity.getProfileInfo().then(
      profile => wanted && setName(profile.displayName),
      // A greeting without a name is still one.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [identity]);
  const greeting = t(`greeting.${partOfDay(hour)}`);
  return (
    <h1 className={styles.greeting}>
      {name ? t('greeting.named', { greeting, name }) : greeting}
    </h1>
  );
}

function partOfDay(hour: number) {
  if (hour < 5 || hour >= 18) {
    return 'evening' as const;
  }
  return hour < 12 ? ('morning' as const) : ('afternoon' as const);
}
