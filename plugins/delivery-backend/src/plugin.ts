// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  accessGuardServiceRef,
  liveTopicsServiceRef,
  ownershipServiceRef,
  readEnvironments,
  summariesServiceRef,
  watchCacheServiceRef,
} from '@fairway/plugin-delivery-node';
import { HomeDocuments } from './home/HomeDocuments';
import { HomeTopic } from './home/HomeTopic';
import { Portfolios } from './home/Portfolios';
import { publishMetrics } from './metrics/publishMetrics';
import { createRouter } from './router';
import { StreamServer } from './stream/StreamServer';

/**
 * The one live stream of a browser tab, and the roll-up of the home page.
 *
 * @public
 */
export const deliveryPlugin = createBackendPlugin({
  pluginId: 'fairway-delivery',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        guard: accessGuardServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        ownership: ownershipServiceRef,
        summaries: summariesServiceRef,
        topics: liveTopicsServiceRef,
        watch: watchCacheServiceRef,
      },
      async init(deps) {
        const { auth, httpAuth, logger, topics, watch } = deps;
        const home = HomeDocuments.create({
          portfolios: Portfolios.create(deps),
          environments: readEnvironments(deps.config),
        });
        topics.register(HomeTopic.create({ documents: home, watch, auth }));
        const streams = StreamServer.create({ topics, logger });
        deps.lifecycle.addShutdownHook(() => streams.close());
        publishMetrics({ ...deps, openStreams: () => streams.size });
        deps.httpRouter.use(createRouter({ httpAuth, streams, home }));
      },
    });
  },
});
