// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const upsertPullRequestExamples: TemplateExample[] = [
  {
    description:
      'Open a pull request that merges as soon as all policies agree',
    example: stringify({
      steps: [
        {
          id: 'upsertPullRequest',
          name: 'Pull request',
          action: 'azdo:pr:upsert',
          input: {
            repositoryUrl: 'https://dev.azure.com/contoso/platform/_git/gitops',
            sourceBranch: 'fairway/team-a-checkout',
            title: 'Add checkout of team-a',
          },
        },
      ],
    }),
  },
];
