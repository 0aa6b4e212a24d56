// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const ensurePoliciesExamples: TemplateExample[] = [
  {
    description: 'Protect the main branch',
    example: stringify({
      steps: [
        {
          id: 'ensurePolicies',
          name: 'Branch policies',
          action: 'azdo:policy:ensure',
          input: {
            repositoryUrl: 'https://dev.azure.com/contoso/team-a/_git/checkout',
            pipelineId: '${{ steps.pipeline.output.pipelineId }}',
          },
        },
      ],
    }),
  },
];
