// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { IconElement } from '@backstage/frontend-plugin-api';
import { NavLink } from 'react-router-dom';
import styles from './Navigation.module.css';

/** One entry of the navigation. The current page says so to all readers. */
export function NavigationLink(props: {
  href: string;
  icon: IconElement;
  title: string;
}) {
  const { href, icon, title } = props;
  return (
    <NavLink to={href} end={href === '/'} className={styles.link}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.title}>{title}</span>
    </NavLink>
  );
}
