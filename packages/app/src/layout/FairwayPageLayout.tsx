// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  BreadcrumbEntry,
  configApiRef,
  useApi,
  useBreadcrumbEntries,
  useTranslationRef,
  type PageLayoutProps,
  type PageLayoutTab,
} from '@backstage/frontend-plugin-api';
import { Link, PluginHeader } from '@backstage/ui';
import { useEffect, useMemo } from 'react';
import { useParams, useResolvedPath } from 'react-router-dom';
import { appTranslationRef } from '../translation';
import styles from './FairwayPageLayout.module.css';

/**
 * The stock header, as a landmark of its own, above the content as the main one:
 * the stock layout leaves both outside of any landmark. Also names the browser tab.
 */
export function FairwayPageLayout(props: PageLayoutProps) {
  const { title, noHeader, titleLink, children } = props;
  const path = useResolvedPath('.').pathname.replace(/\/$/, '');
  const appTitle = useApi(configApiRef).getOptionalString('app.title');
  useEffect(() => {
    document.title = [title, appTitle].filter(Boolean).join(' | ');
  }, [title, appTitle]);
  const isEntityPage = useIsEntityPage();
  if (noHeader) {
    return <>{children}</>;
  }
  if (title && isEntityPage) {
    return (
      <>
        <BackToList title={title} href={listOf(path)} />
        {children}
      </>
    );
  }
  if (!title) {
    return <WithHeader {...props} path={path} />;
  }
  return (
    <BreadcrumbEntry entry={{ label: title, href: titleLink ?? (path || '/') }}>
      <WithHeader {...props} path={path} />
    </BreadcrumbEntry>
  );
}

function WithHeader(props: PageLayoutProps & { path: string }) {
  const { title, icon, titleLink, headerActions, tabs, path, children } = props;
  const { items: breadcrumbs } = useBreadcrumbEntries();
  const resolvedTabs = useMemo(
    () => tabs?.map(tab => resolveTab(tab, path)),
    [tabs, path],
  );
  return (
    <>
      <header className={styles.header}>
        <PluginHeader
          title={title}
          icon={icon}
          titleLink={titleLink}
          breadcrumbs={breadcrumbs}
          tabs={resolvedTabs}
          customActions={headerActions}
        />
      </header>
      <main>{children}</main>
    </>
  );
}

/** The page of an entity, known by its parameters, brings its own header and main landmark. */
function useIsEntityPage(): boolean {
  const { kind, namespace, name } = useParams();
  return Boolean(kind && namespace && name);
}

/** The list that an entity's page belongs to: its address without the three parts of the name. */
function listOf(entityPath: string): string {
  return entityPath.split('/').slice(0, -3).join('/') || '/';
}

/** One line in place of a header: the entity's own header follows. */
function BackToList(props: { title: string; href: string }) {
  const { t } = useTranslationRef(appTranslationRef);
  return (
    <nav aria-label={t('breadcrumbs')} className={styles.back}>
      <Link href={props.href} variant="body-small">
        {props.title}
      </Link>
    </nav>
  );
}

function resolveTab(tab: PageLayoutTab, path: string) {
  return {
    ...tab,
    href: tab.href.startsWith('/')
      ? tab.href
      : `${path}/${tab.href}`.replace(/\/{2,}/g, '/'),
    matchStrategy: 'prefix' as const,
  };
}
