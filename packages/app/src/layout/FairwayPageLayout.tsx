// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  BreadcrumbEntry,
  configApiRef,
  useApi,
  useBreadcrumbEntries,
  type PageLayoutProps,
  type PageLayoutTab,
} from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { useEffect, useMemo, type ReactNode } from 'react';
import { useParams, useResolvedPath } from 'react-router-dom';
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
  if (noHeader) {
    return <>{children}</>;
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
      <Main>{children}</Main>
    </>
  );
}

/**
 * A page has one main landmark. The page of an entity, known by its parameters,
 * brings its own.
 */
function Main(props: { children: ReactNode }) {
  const { kind, namespace, name } = useParams();
  const isEntityPage = kind && namespace && name;
  return isEntityPage ? <>{props.children}</> : <main>{props.children}</main>;
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
