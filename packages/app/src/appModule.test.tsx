// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreExtensionData,
  createExtension,
  createFrontendModule,
  createFrontendPlugin,
  createRouteRef,
  identityApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { appModule } from './appModule';

function plugin(pluginId: string, path: string, noHeader = false) {
  const routeRef = createRouteRef();
  return createFrontendPlugin({
    pluginId,
    title: `Title of ${pluginId}`,
    icon: <svg />,
    routes: { root: routeRef },
    extensions: [
      PageBlueprint.make({
        params: {
          path,
          routeRef,
          noHeader,
          title: `Page of ${pluginId}`,
          icon: <svg />,
          loader: async () =>
            noHeader ? <main>own main</main> : <p>plain content</p>,
        },
      }),
    ],
  });
}

const banner = createFrontendModule({
  pluginId: 'app',
  extensions: [
    createExtension({
      kind: 'banner',
      name: 'test',
      attachTo: { id: 'app/layout', input: 'banners' },
      output: [coreExtensionData.reactElement],
      factory: () => [coreExtensionData.reactElement(<aside>banner</aside>)],
    }),
  ],
});

function renderPortal(address: string) {
  const identity = mockApis.identity.mock({
    getProfileInfo: async () => ({ displayName: 'Alex' }),
    signOut: async () => {},
  });
  renderTestApp({
    features: [
      appModule,
      banner,
      plugin('zebra', '/zebra'),
      plugin('user-settings', '/settings'),
      plugin('scaffolder', '/create'),
      plugin('catalog-graph', '/graph'),
      plugin('catalog', '/catalog'),
      plugin('fairway-delivery', '/', true),
    ],
    apis: [[identityApiRef, identity]],
    config: { app: { title: 'Fairway' } },
    initialRouteEntries: [address],
  });
  return identity;
}

describe('appModule', () => {
  it('navigates in the order of the work, and says where one is', async () => {
    const identity = renderPortal('/catalog');
    const nav = within(await screen.findByRole('navigation', { name: 'Main' }));

    expect(
      nav
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      ['Home', '/'],
      ['Services', '/catalog'],
      ['Create', '/create'],
      ['Page of zebra', '/zebra'],
      ['Settings', '/settings'],
    ]);
    expect(nav.getByRole('link', { current: 'page' })).toHaveTextContent(
      'Services',
    );

    await userEvent.click(nav.getByRole('link', { name: 'Home' }));
    expect(nav.getByRole('link', { current: 'page' })).toHaveTextContent(
      'Home',
    );

    expect(await nav.findByText('Alex')).toBeInTheDocument();
    await userEvent.click(nav.getByRole('button', { name: 'Sign out' }));
    expect(identity.signOut).toHaveBeenCalledTimes(1);
  });

  it('has one main landmark on each page, below the banner, and names the tab', async () => {
    renderPortal('/zebra');
    expect(await screen.findByText('plain content')).toBeInTheDocument();
    expect(screen.getByRole('main')).toHaveTextContent('plain content');
    expect(screen.getByText('banner')).toBeInTheDocument();
    expect(document.title).toBe('Page of zebra | Fairway');
    expect(
      within(screen.getByRole('banner')).getByRole('heading', { level: 1 }),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('link', { name: 'Home' }));
    expect(await screen.findByText('own main')).toBe(screen.getByRole('main'));
    expect(document.title).toBe('Page of fairway-delivery | Fairway');
  });

  it('lets the keyboard skip the navigation without changing the address', async () => {
    const user = userEvent.setup();
    renderPortal('/zebra');
    await screen.findByText('plain content');
    await user.tab();
    expect(screen.getByRole('link', { name: 'Skip to content' })).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(document.activeElement).toHaveAttribute('id', 'content');
    expect(document.activeElement).toHaveTextContent('plain content');
    expect(window.location.hash).toBe('');
  });
});
