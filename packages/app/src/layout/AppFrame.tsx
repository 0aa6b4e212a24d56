// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Fragment, useRef, type MouseEvent, type ReactNode } from 'react';
import { appTranslationRef } from '../translation';
import styles from './AppFrame.module.css';

/** Navigation beside content; below it on a narrow screen. */
export function AppFrame(props: {
  nav: ReactNode;
  banners: ReactNode[];
  children: ReactNode;
}) {
  const { nav, banners, children } = props;
  const { t } = useTranslationRef(appTranslationRef);
  const content = useRef<HTMLDivElement>(null);
  const skip = (event: MouseEvent) => {
    // The address stays as it is: it belongs to the page, and Back must work.
    event.preventDefault();
    content.current?.focus();
  };
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content" onClick={skip}>
        {t('skip')}
      </a>
      <div className={styles.nav}>{nav}</div>
      <div className={styles.content} id="content" ref={content} tabIndex={-1}>
        {banners.map((banner, index) => (
          <Fragment key={index}>{banner}</Fragment>
        ))}
        {children}
      </div>
    </div>
  );
}
