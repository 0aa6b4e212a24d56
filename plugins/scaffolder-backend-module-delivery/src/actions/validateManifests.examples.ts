// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const validateManifestsExamples: TemplateExample[] = [
  {
    description: 'Check the manifests of a service before they are written',
    example: stringify({
      steps: [
        {
          id: 'validateManifests',
          name: 'Check the manifests',
          action: 'manifest:validate',
          input: {
            sourcePath: './gitops',
            team: 'team-a',
            service: 'checkout',
            environments: ['dev', 'staging'],
          },
        },
      ],
    }),
  },
];
