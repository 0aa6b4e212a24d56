// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { AzureDevOps } from '../sources/AzureDevOps';

/** What the actions are made of. */
export interface ActionServices {
  devops: AzureDevOps;
  catalog: CatalogService;
  auth: AuthService;
}
