// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ensure } from '../sources/ensure';
import { parseRepositoryUrl } from '../sources/RepositoryUrl';
import type { ActionServices } from './ActionServices';
import { ensureRepositoryExamples } from './ensureRepository.examples';

/** `azdo:repo:ensure`: the repository of this URL exists after it. */
export function createEnsureRepositoryAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'azdo:repo:ensure',
    description:
      'Makes a repository in Azure Repos, or takes the one that is there.',
    examples: ensureRepositoryExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repositoryUrl: z => z.string().describe('Clone URL of the repository'),
      },
      output: {
        repositoryUrl: z => z.string(),
        repositoryId: z => z.string(),
        projectId: z => z.string(),
        created: z => z.boolean().describe('Made by this task'),
      },
    },
    async handler(ctx) {
      const { repositoryUrl } = ctx.input;
      const parts = parseRepositoryUrl(repositoryUrl);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Plan: repository ${parts.repository} in project ${parts.project} of ${parts.organizationUrl}.`,
        );
        ctx.output('repositoryUrl', repositoryUrl);
        ctx.output('repositoryId', 'dry-run');
        ctx.output('projectId', 'dry-run');
        ctx.output('created', false);
        return;
      }
      const repository = devops.repository(ctx, repositoryUrl);
      const made = await ctx.checkpoint({
        key: `repository.${repositoryUrl}`,
        fn: async () => {
          const { value, created } = await ensure({
            find: () => repository.find(),
            create: () => repository.create(),
            signal: ctx.signal,
          });
          return { id: value.id, projectId: value.project.id, created };
        },
      });
      ctx.logger.info(
        `${made.created ? 'Made' : 'Took'} the repository ${repository.url}.`,
      );
      ctx.output('repositoryUrl', repository.url);
      ctx.output('repositoryId', made.id);
      ctx.output('projectId', made.projectId);
      ctx.output('created', made.created);
    },
  });
}
