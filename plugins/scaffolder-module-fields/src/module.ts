// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/**
 * The form fields of Fairway's templates: `FairwayServiceName`, `FairwayOwner`,
 * `FairwayEnvironments`, `FairwayExposure`.
 *
 * @public
 */
export const scaffolderModuleFields = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    FormFieldBlueprint.make({
      name: 'fairway-service-name',
      params: {
        field: () =>
          import('./name/serviceNameField').then(m => m.serviceNameField),
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
