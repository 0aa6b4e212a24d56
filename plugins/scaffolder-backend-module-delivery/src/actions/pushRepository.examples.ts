// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const pushRepositoryExamples: TemplateExample[] = [
  {
    description: 'Write the first commit',
    example: stringify({
      steps: [
        {
          id: 'pushRepository',
          name: 'First commit',
          action: 'azdo:repo:push',
          input: {
            repositoryUrl: 'https://dev.azure.com/contoso/team-a/_git/checkout',
            sourcePath: './service',
            service: 'team-a/checkout',
            message: 'Create checkout',
          },
        },
      ],
    }),
  },
];
