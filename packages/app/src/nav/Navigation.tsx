// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import {
  RiAddCircleLine,
  RiApps2Line,
  RiFlaskLine,
  RiHome4Line,
  RiSearchLine,
  RiSettings3Line,
} from '@remixicon/react';
import { Link } from 'react-router-dom';
import { appTranslationRef } from '../translation';
import { Logo } from './Logo';
import { NavigationLink } from './NavigationLink';
import { SignedIn } from './SignedIn';
import styles from './Navigation.module.css';

/** The pages that people come for, in the order of their work. */
const ENTRIES = [
  { page: 'page:fairway-delivery', word: 'nav.home', Icon: RiHome4Line },
  { page: 'page:catalog', word: 'nav.services', Icon: RiApps2Line },
  { page: 'page:scaffolder', word: 'nav.create', Icon: RiAddCircleLine },
  { page: 'page:search', word: 'nav.search', Icon: RiSearchLine },
  { page: 'page:fairway-sandbox', word: 'nav.sandbox', Icon: RiFlaskLine },
] as const;

/** Pages that one reaches from an entity, not from here. */
const ELSEWHERE = ['page:catalog-graph', 'page:kubernetes'];

/** The main navigation: a rail, or a bar at the foot of a narrow screen. */
export function Navigation(props: NavContentComponentProps) {
  const { t } = useTranslationRef(appTranslationRef);
  // Taking an item removes it: each render has to start from all of them.
  const items = props.navItems.clone();
  const settings = items.take('page:user-settings');
  const entries = ENTRIES.flatMap(({ page, word, Icon }) => {
    const item = items.take(page);
    return item ? [{ href: item.href, title: t(word), icon: <Icon /> }] : [];
  });
  for (const page of ELSEWHERE) {
    items.take(page);
  }
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
              icon={<RiSettings3Line />}
              title={t('nav.settings')}
            />
          </li>
        )}
      </ul>
      <SignedIn />
    </nav>
  );
}
