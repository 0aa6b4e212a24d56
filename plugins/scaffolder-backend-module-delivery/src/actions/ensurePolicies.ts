// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { NotFoundError } from '@backstage/errors';
import { AzurePolicies, POLICY_TYPES } from '../sources/AzurePolicies';
import { ensure } from '../sources/ensure';
import type { ActionServices } from './ActionServices';
import { ensurePoliciesExamples } from './ensurePolicies.examples';

/** `azdo:policy:ensure`: changes to the branch go through a reviewed, built pull request. */
export function createEnsurePoliciesAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'azdo:policy:ensure',
    description:
      'Protects a branch: build, one reviewer, comments resolved, squash merge.',
    examples: ensurePoliciesExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repositoryUrl: z => z.string().describe('Clone URL of the repository'),
        pipelineId: z => z.number().describe('Pipeline that must succeed'),
        branch: z => z.string().optional().describe('Default: main'),
      },
      output: {
        policyIds: z => z.array(z.number()),
        created: z => z.number().describe('How many were missing'),
      },
    },
    async handler(ctx) {
      const { repositoryUrl, pipelineId } = ctx.input;
      const branch = ctx.input.branch ?? 'main';
      const wanted = policiesOf(pipelineId);
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Plan: branch policies on ${branch}: ${wanted
            .map(({ title }) => title)
            .join(', ')}.`,
        );
        ctx.output('policyIds', []);
        ctx.output('created', 0);
        return;
      }
      const repository = devops.repository(ctx, repositoryUrl);
      const record = await repository.find();
      if (!record) {
        throw new NotFoundError(
          `The repository ${repository.url} is not there. Start the template again with the same values.`,
        );
      }
      const policies = AzurePolicies.of(
        repository.client,
        repository.parts.project,
      );
      const ids: number[] = [];
      let count = 0;
      for (const { type, title, settings } of wanted) {
        const policy = await ctx.checkpoint({
          key: `policy.${repositoryUrl}.${branch}.${type}`,
          fn: async () => {
            const { value, created } = await ensure({
              find: () => policies.find(type, record.id, branch),
              create: () => policies.create(type, record.id, branch, settings),
              signal: ctx.signal,
            });
            return { id: value.id, created };
          },
        });
        ctx.logger.info(
          `Policy on ${branch}: ${title}${
            policy.created ? '' : ' (stood already)'
          }.`,
        );
        ids.push(policy.id);
        count += policy.created ? 1 : 0;
      }
      ctx.output('policyIds', ids);
      ctx.output('created', count);
    },
  });
}

function policiesOf(pipelineId: number) {
  return [
    {
      type: POLICY_TYPES.build,
      title: 'the pipeline succeeds',
      settings: {
        buildDefinitionId: pipelineId,
        displayName: 'Pipeline',
        queueOnSourceUpdateOnly: true,
        manualQueueOnly: false,
        // Minutes; a build of yesterday says nothing about the branch of today.
        validDuration: 720,
      },
    },
    {
      type: POLICY_TYPES.minimumReviewers,
      title: 'one other person approves',
      settings: {
        minimumApproverCount: 1,
        creatorVoteCounts: false,
        allowDownvotes: false,
        resetOnSourcePush: true,
      },
    },
    {
      type: POLICY_TYPES.comments,
      title: 'comments are resolved',
      settings: {},
    },
    {
      type: POLICY_TYPES.mergeTypes,
      title: 'squash merge',
      settings: { allowSquash: true },
    },
  ];
}
