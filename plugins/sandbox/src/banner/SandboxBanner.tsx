// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { rootRouteRef } from '../routes';
import { sandboxTranslationRef } from '../translation';
import styles from './SandboxBanner.module.css';

/** One line above every page that says what is real here: nothing. */
export function SandboxBanner() {
  const { t } = useTranslationRef(sandboxTranslationRef);
  const link = useRouteRef(rootRouteRef);
  return (
    <aside className={styles.banner} aria-label={t('banner.label')}>
      <span>{t('banner.text')}</span>{' '}
      {link && (
        <Link href={link()} variant="body-x-small" weight="bold">
          {t('banner.link')}
        </Link>
      )}
    </aside>
  );
}
