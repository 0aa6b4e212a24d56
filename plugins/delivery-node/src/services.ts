// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { DefaultAccessGuard } from './access/DefaultAccessGuard';
import { DefaultBindingService } from './access/DefaultBindingService';
import { DefaultOwnership } from './access/DefaultOwnership';
import type { AccessGuard, BindingService, Ownership } from './access/types';
import { ConfigClusterRegistry } from './clusters/ConfigClusterRegistry';
import type { ClusterRegistry } from './clusters/types';
import { DefaultLiveTopics } from './live/DefaultLiveTopics';
import type { LiveTopics } from './live/types';
import { DefaultSummaries } from './summaries/DefaultSummaries';
import type { Summaries } from './summaries/types';
import { DefaultWatchCache } from './watch/DefaultWatchCache';
import type { WatchCache } from './watch/types';
import { readWatchTuning } from './watch/WatchTuning';

/** All clusters; one per process. @public */
export const clusterRegistryServiceRef = createServiceRef<ClusterRegistry>({
  id: 'fairway.cluster-registry',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
      },
      factory: ({ config, logger }) =>
        ConfigClusterRegistry.follow(config, logger),
    }),
});

/** Live objects of all clusters; one per process. @public */
export const watchCacheServiceRef = createServiceRef<WatchCache>({
  id: 'fairway.watch-cache',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        registry: clusterRegistryServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      factory({ registry, config, logger, lifecycle }) {
        const tuning = readWatchTuning(config);
        const cache = DefaultWatchCache.create({ registry, logger, tuning });
        lifecycle.addShutdownHook(() => cache.close());
        return cache;
      },
    }),
});

/** Live documents of all plugins; one per process. @public */
export const liveTopicsServiceRef = createServiceRef<LiveTopics>({
  id: 'fairway.live-topics',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => new DefaultLiveTopics(),
    }),
});

/** Summaries of all plugins; one per process. @public */
export const summariesServiceRef = createServiceRef<Summaries>({
  id: 'fairway.summaries',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: () => new DefaultSummaries(),
    }),
});

/** The guard, asking as the calling plugin. @public */
export const accessGuardServiceRef = createServiceRef<AccessGuard>({
  id: 'fairway.access-guard',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        catalog: catalogServiceRef,
        permissions: coreServices.permissions,
      },
      factory: deps => DefaultAccessGuard.create(deps),
    }),
});

/** Where an entity may look. @public */
export const bindingServiceRef = createServiceRef<BindingService>({
  id: 'fairway.binding',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        watch: watchCacheServiceRef,
        catalog: catalogServiceRef,
        auth: coreServices.auth,
        auditor: coreServices.auditor,
      },
      factory: deps => DefaultBindingService.create(deps),
    }),
});

/** What a person owns things as. @public */
export const ownershipServiceRef = createServiceRef<Ownership>({
  id: 'fairway.ownership',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        userInfo: coreServices.userInfo,
        catalog: catalogServiceRef,
        auth: coreServices.auth,
      },
      factory: deps => DefaultOwnership.create(deps),
    }),
});
