// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  errorApiRef,
  identityApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import { RiLogoutBoxRLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { appTranslationRef } from '../translation';
import styles from './SignedIn.module.css';

/** Who is signed in, and the way out. */
export function SignedIn() {
  const { t } = useTranslationRef(appTranslationRef);
  const identity = useApi(identityApiRef);
  const errors = useApi(errorApiRef);
  const [name, setName] = useState<string>();
  useEffect(() => {
    let wanted = true;
    identity.getProfileInfo().then(
      profile => wanted && setName(profile.displayName),
      error => errors.post(error, { hidden: true }),
    );
    return () => {
      wanted = false;
    };
  }, [identity, errors]);
  const signOut = () => {
    identity.signOut().catch(error => errors.post(error));
  };
  return (
    <div className={styles.signedIn}>
      <span
        className={styles.name}
        title={name && t('nav.signedInAs', { name })}
      >
        {name}
      </span>
      <ButtonIcon
        variant="tertiary"
        aria-label={t('nav.signOut')}
        icon={<RiLogoutBoxRLine aria-hidden="true" />}
        onPress={signOut}
      />
    </div>
  );
}
