// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const writeGitOpsExamples: TemplateExample[] = [
  {
    description: 'Add the manifests of a service on its own branch',
    example: stringify({
      steps: [
        {
          id: 'writeGitOps',
          name: 'Manifests',
          action: 'gitops:write',
          input: {
            sourcePath: './gitops',
            team: 'team-a',
            service: 'checkout',
            environments: ['dev', 'staging', 'prod'],
            message: 'Add checkout of team-a',
          },
        },
      ],
    }),
  },
];
