// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { AzurePullRequests } from '../sources/AzurePullRequests';
import { ensure } from '../sources/ensure';
import type { ActionServices } from './ActionServices';
import { upsertPullRequestExamples } from './upsertPullRequest.examples';

/** Azure DevOps takes at most 4000 characters (REST reference, Git pull requests). */
const LONGEST_DESCRIPTION = 4000;

/** `azdo:pr:upsert`: one pull request stands between two branches. */
export function createUpsertPullRequestAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'azdo:pr:upsert',
    description:
      'Opens a pull request, or takes the one that is open or was merged before.',
    examples: upsertPullRequestExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repositoryUrl: z => z.string().describe('Clone URL of the repository'),
        sourceBranch: z => z.string(),
        targetBranch: z => z.string().optional().describe('Default: main'),
        title: z => z.string().min(1).max(300),
        description: z => z.string().max(LONGEST_DESCRIPTION).optional(),
        labels: z => z.array(z.string()).optional(),
        autoComplete: z =>
          z
            .boolean()
            .optional()
            .describe('Merge as soon as all policies agree. Default: true'),
        isMerged: z =>
          z
            .boolean()
            .optional()
            .describe(
              'The target has the changes: open none, find the old one',
            ),
      },
      output: {
        pullRequestId: z => z.number(),
        url: z => z.string(),
        status: z => z.enum(['active', 'completed', 'abandoned', 'none']),
        created: z => z.boolean().describe('Opened by this task'),
      },
    },
    async handler(ctx) {
      const { repositoryUrl, sourceBranch, title, isMerged } = ctx.input;
      const targetBranch = ctx.input.targetBranch ?? 'main';
      const repository = devops.repository(ctx, repositoryUrl);
      const pulls = AzurePullRequests.of(repository);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Plan: pull request "${title}" from ${sourceBranch} to ${targetBranch} of ${repositoryUrl}.`,
        );
        ctx.output('pullRequestId', 0);
        ctx.output('url', repository.url);
        ctx.output('status', 'none');
        ctx.output('created', false);
        return;
      }
      if (isMerged) {
        const merged = await pulls.findNewest(
          sourceBranch,
          targetBranch,
          'completed',
        );
        ctx.logger.info(
          merged
            ? `${targetBranch} has the changes already, by pull request ${merged.pullRequestId}.`
            : `${targetBranch} has the changes already.`,
        );
        ctx.output('pullRequestId', merged?.pullRequestId ?? 0);
        ctx.output(
          'url',
          merged ? pulls.urlOf(merged.pullRequestId) : repository.url,
        );
        ctx.output('status', merged?.status ?? 'none');
        ctx.output('created', false);
        return;
      }
      const opened = await ctx.checkpoint({
        key: `pull.${repositoryUrl}.${sourceBranch}.${targetBranch}`,
        fn: async () => {
          const { value, created } = await ensure({
            find: () => pulls.findNewest(sourceBranch, targetBranch, 'active'),
            create: () =>
              pulls.create({
                source: sourceBranch,
                target: targetBranch,
                title,
                description: ctx.input.description ?? '',
                labels: ctx.input.labels ?? [],
              }),
            signal: ctx.signal,
          });
          return {
            id: value.pullRequestId,
            isAutomatic: value.autoCompleteSetBy !== undefined,
            created,
          };
        },
      });
      let status: 'active' | 'completed' | 'abandoned' = 'active';
      if (ctx.input.autoComplete !== false && !opened.isAutomatic) {
        status = await ctx.checkpoint({
          key: `autocomplete.${repositoryUrl}.${opened.id}`,
          fn: async () => (await pulls.autoComplete(opened.id, title)).status,
        });
      }
      const url = pulls.urlOf(opened.id);
      ctx.logger.info(
        `${opened.created ? 'Opened' : 'Took'} pull request ${
          opened.id
        }: ${url}`,
      );
      ctx.output('pullRequestId', opened.id);
      ctx.output('url', url);
      ctx.output('status', status);
      ctx.output('created', opened.created);
    },
  });
}
