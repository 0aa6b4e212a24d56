// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const ensureCatalogEntryExamples: TemplateExample[] = [
  {
    description: 'Register a service',
    example: stringify({
      steps: [
        {
          id: 'ensureCatalogEntry',
          name: 'Catalog entry',
          action: 'catalog:ensure',
          input: {
            catalogInfoUrl:
              'https://dev.azure.com/contoso/team-a/_git/checkout?path=/catalog-info.yaml',
            entityRef: 'component:default/checkout',
          },
        },
      ],
    }),
  },
];
