// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  accessGuardServiceRef,
  bindingServiceRef,
  liveTopicsServiceRef,
  summariesServiceRef,
  watchCacheServiceRef,
} from '@fairway/plugin-delivery-node';
import { fluxPermissions } from '@fairway/plugin-flux-common';
import { readRetention } from './readRetention';
import { createRouter } from './router';
import { CommitAttribution } from './services/CommitAttribution';
import { DeploymentRecorder } from './services/DeploymentRecorder';
import { DeploymentsModel } from './services/DeploymentsModel';
import { DeploymentsSummarizer } from './services/DeploymentsSummarizer';
import { scheduleRetention } from './services/scheduleRetention';
import { AzureDevOpsSources } from './sources/AzureDevOpsSources';
import { DatabaseDeploymentStore } from './store/DatabaseDeploymentStore';
import { DeploymentsTopic } from './topics/DeploymentsTopic';
import { mergeKeptChanges } from './topics/mergeKeptChanges';

/**
 * Deployments of an entity: what runs where, since when, whose commit it is.
 *
 * @public
 */
export const fluxPlugin = createBackendPlugin({
  pluginId: 'fairway-flux',
  register(env) {
    env.registerInit({
      deps: {
        binding: bindingServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        guard: accessGuardServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        summaries: summariesServiceRef,
        topics: liveTopicsServiceRef,
        watch: watchCacheServiceRef,
      },
      async init(deps) {
        const { config, guard, logger, watch } = deps;
        deps.permissionsRegistry.addPermissions(fluxPermissions);
        const store = await DatabaseDeploymentStore.create(deps.database);
        const recorder = DeploymentRecorder.create({ watch, store, logger });
        const attribution = CommitAttribution.create({
          watch,
          store,
          logger,
          sources: AzureDevOpsSources.fromConfig(config),
        });
        recorder.onAdded(({ cluster, kustomization }) => {
          if (kustomization) {
            attribution.deploymentsAdded(cluster, kustomization);
          }
        });
        const model = DeploymentsModel.create({ ...deps, store });
        deps.topics.register(
          DeploymentsTopic.create({
            guard,
            model,
            watch,
            kept: mergeKeptChanges(recorder, attribution),
          }),
        );
        deps.summaries.register(DeploymentsSummarizer.create({ model }));
        await scheduleRetention({
          store,
          logger,
          scheduler: deps.scheduler,
          days: readRetention(config),
        });
        deps.httpRouter.use(createRouter({ ...deps, model }));
        deps.lifecycle.addStartupHook(() => {
          recorder.start();
          attribution.start();
        });
        deps.lifecycle.addShutdownHook(() => {
          recorder.close();
          attribution.close();
        });
      },
    });
  },
});
