// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { Link } from 'react-router-dom';
import { appTranslationRef } from '../translation';
import { Logo } from './Logo';
import { NavigationLink } from './NavigationLink';
import { SignedIn } from './SignedIn';
import styles from './Navigation.module.css';

/** The pages that people come for, in the order of their work. */
const ENTRIES = [
  { page: 'page:fairway-delivery', word: 'nav.home' },
  { page: 'page:catalog', word: 'nav.services' },
  { page: 'page:scaffolder', word: 'nav.create' },
  { page: 'page:search', word: 'nav.search' },
  { page: 'page:fairway-sandbox', word: 'nav.sandbox' },
] as const;

/** The main navigation: a rail, or a bar at the foot of a narrow screen. */
export function Navigation(props: NavContentComponentProps) {
  const { t } = useTranslationRef(appTranslationRef);
  // Taking an item removes it: each render has to start from all of them.
  const items = props.navItems.clone();
  const settings = items.take('page:user-settings');
  const entries = ENTRIES.flatMap(({ page, word }) => {
    const item = items.take(page);
    return item ? [{ ...item, title: t(word) }] : [];
  });
  const others = items
    .rest()
    .toSorted((a, b) => a.title.localeCompare(b.title));
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      <Link to="/" className={styles.logo} aria-hidden="true" tabIndex={-1}>
        <Logo />
      </Link>
      <ul className={styles.list}>
        {[...entries, ...others].map(({ href, icon, title }) => (
          <li key={href}>
            <NavigationLink href={href} icon={icon} title={title} />
          </li>
        ))}
        <li className={styles.gap} aria-hidden="true" />
        {settings && (
          <li>
            <NavigationLink
              href={settings.href}
              icon={settings.icon}
              title={t('nav.settings')}
            />
          </li>
        )}
      </ul>
      <SignedIn />
    </nav>
  );
}
