// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createBackend } from '@backstage/backend-defaults';
import { sandboxFeatures } from './sandboxFeatures';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@fairway/plugin-catalog-backend-module-delivery'));
backend.add(import('@fairway/plugin-delivery-backend'));
backend.add(import('@fairway/plugin-flux-backend'));
backend.add(import('@fairway/plugin-permission-backend-module-tenancy'));
backend.add(import('@fairway/plugin-scaffolder-backend-module-delivery'));
backend.add(sandboxFeatures);

backend.start();
