// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  accessGuardServiceRef,
  bindingServiceRef,
  clusterRegistryServiceRef,
  liveTopicsServiceRef,
  summariesServiceRef,
  watchCacheServiceRef,
} from '@fairway/plugin-delivery-node';

/** Keeps what it was given. */
function curious(pluginId: string, given: Array<Record<string, unknown>>) {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: {
          registry: clusterRegistryServiceRef,
          watch: watchCacheServiceRef,
          topics: liveTopicsServiceRef,
          summaries: summariesServiceRef,
          guard: accessGuardServiceRef,
          binding: bindingServiceRef,
        },
        async init(services) {
          given.push(services);
        },
      });
    },
  });
}

describe('the services of delivery-node', () => {
  it('are one per process where clusters are behind them, and one per plugin where users are', async () => {
    const given: Array<Record<string, unknown>> = [];
    const backend = await startTestBackend({
      features: [
        curious('one', given),
        curious('two', given),
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    const [one, two] = given;
    const shared = Object.keys(one).filter(name => one[name] === two[name]);
    expect(shared.sort()).toEqual(['registry', 'summaries', 'topics', 'watch']);
    await backend.stop();
  });
});
