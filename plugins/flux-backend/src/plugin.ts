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
import { CommitAttribution } from './commits/CommitAttribution';
import { HistoryReader } from './history/HistoryReader';
import { DeploymentsModel } from './model/DeploymentsModel';
import { DeploymentsSummarizer } from './model/DeploymentsSummarizer';
import { DeploymentRecorder } from './recorder/DeploymentRecorder';
import { readRetention } from './retention/readRetention';
import { scheduleRetention } from './retention/scheduleRetention';
import { createRouter } from './router';
import { AzureDevOpsSources } from './sources/AzureDevOpsSources';
import { DatabaseDeploymentStore } from './store/DatabaseDeploymentStore';
import { DeploymentsTopic } from './topics/DeploymentsTopic';
import { SharedDocuments } from './topics/SharedDocuments';

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
        const commits = CommitAttribution.create({
          watch,
          store,
          logger,
          sources: AzureDevOpsSources.fromConfig(config, logger),
        });
        const history = HistoryReader.create({ ...deps, store });
        const model = DeploymentsModel.create({
          ...deps,
          store,
          commits,
          history,
        });
        const documents = new SharedDocuments(model);

        recorder.onAdded(deployment => {
          const { cluster, kustomization } = deployment;
          if (kustomization) {
            commits.deploymentsAdded(cluster, kustomization);
          }
          documents.recorded(deployment);
        });
        commits.onChange(kustomization => documents.attributed(kustomization));
        const unsubscribe = watch.subscribe({}, changes =>
          documents.observed(changes),
        );

        deps.topics.register(DeploymentsTopic.create({ guard, documents }));
        deps.summaries.register(DeploymentsSummarizer.create({ model }));
        await scheduleRetention({
          store,
          logger,
          scheduler: deps.scheduler,
          days: readRetention(config),
        });
        deps.httpRouter.use(createRouter({ ...deps, model, history }));
        deps.lifecycle.addStartupHook(() => {
          recorder.start();
          commits.start();
        });
        deps.lifecycle.addShutdownHook(async () => {
          unsubscribe();
          recorder.close();
          await commits.close();
        });
      },
    });
  },
});
