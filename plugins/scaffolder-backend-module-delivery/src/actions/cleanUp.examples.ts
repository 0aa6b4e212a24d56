// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const cleanUpExamples: TemplateExample[] = [
  {
    description: 'Remove what a failed task has made',
    example: stringify({
      steps: [
        {
          id: 'cleanUp',
          name: 'Clean up',
          if: '${{ failure() }}',
          action: 'azdo:cleanup',
          input: {
            team: '${{ steps.validate.output.team }}',
            service: '${{ steps.validate.output.name }}',
            repositoryUrl: '${{ steps.validate.output.repositoryUrl }}',
            existing: '${{ steps.validate.output.existing }}',
          },
        },
      ],
    }),
  },
];
