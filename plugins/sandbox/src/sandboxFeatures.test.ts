// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ConfigApi, FrontendPlugin } from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { sandboxApiRef, type SandboxApi } from './api/SandboxApi';
import features from './index';

/** The loader's own function; the app calls it with the configuration. */
interface Loader {
  loader(deps: { config: ConfigApi }): Promise<unknown[]>;
}

function load(sandbox: object | undefined) {
  const config = mockApis.config({ data: { fairway: { sandbox } } });
  return (features as unknown as Loader).loader({ config });
}

describe('sandboxFeatures', () => {
  it.each([undefined, {}, { enabled: false }])(
    'brings nothing where the sandbox is not: %j',
    async sandbox => {
      await expect(load(sandbox)).resolves.toEqual([]);
    },
  );

  it('brings page and sign-in where it is', async () => {
    const [plugin, appModule] = await load({ enabled: true });
    expect(appModule).toMatchObject({ pluginId: 'app' });
    const sandbox: Partial<SandboxApi> = {
      getState: () => new Promise(() => {}),
      listPullRequests: () => new Promise(() => {}),
    };
    renderTestApp({
      features: [plugin as FrontendPlugin],
      apis: [[sandboxApiRef, sandbox]],
      initialRouteEntries: ['/sandbox'],
    });
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Sandbox' }),
    ).toBeInTheDocument();
  });
});
