// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  ApiBlueprint,
  createFrontendModule,
  discoveryApiRef,
  fetchApiRef,
  identityApiRef,
} from '@backstage/frontend-plugin-api';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import {
  FormFieldBlueprint,
  scaffolderTemplateOutputsBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { SharedLogScaffolderClient } from './task/SharedLogScaffolderClient';
import { TaskOutcome } from './task/TaskOutcome';

/**
 * What Fairway adds to the pages of the scaffolder: the form fields of its templates
 * (`FairwayServiceName`, `FairwayDescription`, `FairwayOwner`, `FairwayEnvironments`,
 * `FairwayExposure`), what a run of them has come to, and one stream of a task's log
 * for all that follow it.
 *
 * @public
 */
export const scaffolderModuleFields = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    // The same id as the stock client, whose place it takes.
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: scaffolderApiRef,
          deps: {
            discoveryApi: discoveryApiRef,
            fetchApi: fetchApiRef,
            identityApi: identityApiRef,
            scmIntegrationsApi: scmIntegrationsApiRef,
          },
          factory: deps => new SharedLogScaffolderClient(deps),
        }),
    }),
    scaffolderTemplateOutputsBlueprint.make({
      name: 'fairway',
      params: {
        component: TaskOutcome,
        templateRefs: ['template:default/node-service'],
      },
    }),
    FormFieldBlueprint.make({
      name: 'fairway-service-name',
      params: {
        field: () =>
          import('./name/serviceNameField').then(m => m.serviceNameField),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fairway-description',
      params: {
        field: () =>
          import('./description/descriptionField').then(
            m => m.descriptionField,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fairway-owner',
      params: {
        field: () => import('./owner/ownerField').then(m => m.ownerField),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fairway-environments',
      params: {
        field: () =>
          import('./environments/environmentsField').then(
            m => m.environmentsField,
          ),
      },
    }),
    FormFieldBlueprint.make({
      name: 'fairway-exposure',
      params: {
        field: () =>
          import('./exposure/exposureField').then(m => m.exposureField),
      },
    }),
  ],
});
