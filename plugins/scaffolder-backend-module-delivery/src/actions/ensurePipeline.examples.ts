// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const ensurePipelineExamples: TemplateExample[] = [
  {
    description: 'Make the pipeline of a service and start it',
    example: stringify({
      steps: [
        {
          id: 'ensurePipeline',
          name: 'Pipeline',
          action: 'azdo:pipeline:ensure',
          input: {
            repositoryUrl: 'https://dev.azure.com/contoso/team-a/_git/checkout',
            name: 'checkout',
          },
        },
      ],
    }),
  },
];
