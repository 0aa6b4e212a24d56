// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const validateServiceExamples: TemplateExample[] = [
  {
    description: 'Check what the form of a service says',
    example: stringify({
      steps: [
        {
          id: 'validateService',
          name: 'Check the service',
          action: 'fairway:service:validate',
          input: {
            name: '${{ parameters.name }}',
            description: '${{ parameters.description }}',
            owner: '${{ parameters.owner }}',
            environments: '${{ parameters.environments }}',
            exposure: '${{ parameters.exposure }}',
            template: 'node-service',
          },
        },
      ],
    }),
  },
];
