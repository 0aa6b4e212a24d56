// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  ApiBlueprint,
  discoveryApiRef,
  errorApiRef,
  fetchApiRef,
  identityApiRef,
  storageApiRef,
} from '@backstage/frontend-plugin-api';
import { UserSettingsStorage } from '@backstage/plugin-user-settings';

/**
 * What people set and star is theirs on every machine, and on a shared one nobody
 * else's: it is kept by the backend and not by the browser.
 */
export const serverStorage = ApiBlueprint.make({
  name: 'storage',
  params: defineParams =>
    defineParams({
      api: storageApiRef,
      deps: {
        discoveryApi: discoveryApiRef,
        errorApi: errorApiRef,
        fetchApi: fetchApiRef,
        identityApi: identityApiRef,
      },
      factory: apis => UserSettingsStorage.create(apis),
    }),
});
