// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import type { ActionServices } from './actions/ActionServices';
import { createCleanUpAction } from './actions/cleanUp';
import { createEnsureCatalogEntryAction } from './actions/ensureCatalogEntry';
import { createEnsurePipelineAction } from './actions/ensurePipeline';
import { createEnsurePoliciesAction } from './actions/ensurePolicies';
import { createEnsureRepositoryAction } from './actions/ensureRepository';
import { createPushRepositoryAction } from './actions/pushRepository';
import { createUpsertPullRequestAction } from './actions/upsertPullRequest';
import { createValidateManifestsAction } from './actions/validateManifests';
import { createValidateServiceAction } from './actions/validateService';
import { createWriteGitOpsAction } from './actions/writeGitOps';
import { AzureDevOps } from './sources/AzureDevOps';

/**
 * The actions of Fairway's templates: Azure DevOps, GitOps, manifests, catalog.
 *
 * @public
 */
export const scaffolderModuleDelivery = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'fairway-delivery',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ actions, auth, catalog, config }) {
        const services: ActionServices = {
          auth,
          catalog,
          devops: AzureDevOps.fromConfig(config),
        };
        actions.addActions(
          createValidateServiceAction(services),
          createValidateManifestsAction(services),
          createEnsureRepositoryAction(services),
          createPushRepositoryAction(services),
          createEnsurePipelineAction(services),
          createEnsurePoliciesAction(services),
          createWriteGitOpsAction(services),
          createUpsertPullRequestAction(services),
          createEnsureCatalogEntryAction(services),
          createCleanUpAction(services),
        );
      },
    });
  },
});
