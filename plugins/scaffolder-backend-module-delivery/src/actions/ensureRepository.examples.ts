// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const ensureRepositoryExamples: TemplateExample[] = [
  {
    description: 'Make the repository of a service',
    example: stringify({
      steps: [
        {
          id: 'ensureRepository',
          name: 'Repository',
          action: 'azdo:repo:ensure',
          input: {
            repositoryUrl: 'https://dev.azure.com/contoso/team-a/_git/checkout',
          },
        },
      ],
    }),
  },
];
