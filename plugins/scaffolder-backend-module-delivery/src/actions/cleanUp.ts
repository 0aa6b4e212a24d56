// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { branchOf } from '../service/branchOf';
import { isMadeBy } from '../service/commitMessage';
import { AzurePipelines } from '../sources/AzurePipelines';
import { AzurePullRequests } from '../sources/AzurePullRequests';
import type { AzureRepository } from '../sources/AzureRepository';
import type { ActionServices } from './ActionServices';
import { cleanUpExamples } from './cleanUp.examples';

/** What became of one thing. */
interface CleanUpReport {
  removed: string[];
  /** With the reason why it was left. */
  left: string[];
}

/**
 * `azdo:cleanup`: after a failure, removes what this task has made and nothing else.
 * Two records must agree: what stood before (kept with the task by
 * `fairway:service:validate`) and the task's mark on what was written.
 */
export function createCleanUpAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'azdo:cleanup',
    description:
      'After a failure: removes the pull request, branch, pipeline and repository that this task has made, and says what it left.',
    examples: cleanUpExamples,
    supportsDryRun: true,
    schema: {
      input: {
        team: z => z.string(),
        service: z => z.string(),
        repositoryUrl: z => z.string().describe('Clone URL of the repository'),
        existing: z =>
          z
            .object({
              repository: z.boolean(),
              pipeline: z.boolean(),
              branch: z.boolean(),
              pullRequest: z.boolean(),
            })
            .describe('What was there before, by fairway:service:validate'),
      },
      output: {
        removed: z => z.array(z.string()),
        left: z => z.array(z.string()),
      },
    },
    async handler(ctx) {
      const { team, service, repositoryUrl, existing } = ctx.input;
      const report: CleanUpReport = { removed: [], left: [] };
      if (ctx.isDryRun) {
        ctx.logger.info('Plan: after a failure, remove what this task made.');
        ctx.output('removed', []);
        ctx.output('left', []);
        return;
      }
      const { gitops } = devops.settings();
      const gitopsRepository = devops.repository(ctx, gitops.repositoryUrl);
      const branch = branchOf(team, service);
      await step(report, 'the pull request', () =>
        abandon(report, gitopsRepository, {
          branch,
          main: gitops.branch,
          task: ctx.task.id,
          existed: existing.pullRequest,
        }),
      );
      await step(report, `the branch ${branch}`, () =>
        removeBranch(report, gitopsRepository, {
          branch,
          task: ctx.task.id,
          existed: existing.branch,
        }),
      );
      const repository = devops.repository(ctx, repositoryUrl);
      await step(report, `the repository ${repositoryUrl}`, () =>
        removeRepository(report, repository, {
          task: ctx.task.id,
          existed: existing.repository,
          pipelineExisted: existing.pipeline,
        }),
      );
      report.removed.forEach(what => ctx.logger.info(`Removed ${what}.`));
      report.left.forEach(what => ctx.logger.warn(`Left ${what}.`));
      ctx.logger.info(
        report.left.length === 0
          ? 'Nothing of this task is left. Start the template again when the cause is gone.'
          : 'Start the template again with the same values: it takes up what was left.',
      );
      ctx.output('removed', report.removed);
      ctx.output('left', report.left);
    },
  });
}

/** One thing that cannot be removed must not keep the others from being. */
async function step(
  report: CleanUpReport,
  what: string,
  remove: () => Promise<void>,
): Promise<void> {
  try {
    await remove();
  } catch (error) {
    report.left.push(
      `${what}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function abandon(
  report: CleanUpReport,
  repository: AzureRepository,
  about: { branch: string; main: string; task: string; existed: boolean },
): Promise<void> {
  const pulls = AzurePullRequests.of(repository);
  const active = await pulls.findNewest(about.branch, about.main, 'active');
  const what =
    active && `the pull request ${pulls.urlOf(active.pullRequestId)}`;
  if (!active || !what) {
    return;
  }
  const head = await repository.head(about.branch);
  const isOurs = head && isMadeBy(await repository.message(head), about.task);
  if (about.existed || !isOurs) {
    report.left.push(`${what}: this task did not open it`);
    return;
  }
  await pulls.abandon(active.pullRequestId);
  report.removed.push(what);
}

async function removeBranch(
  report: CleanUpReport,
  repository: AzureRepository,
  about: { branch: string; task: string; existed: boolean },
): Promise<void> {
  const head = await repository.head(about.branch);
  if (!head) {
    return;
  }
  const what = `the branch ${about.branch} of ${repository.url}`;
  if (about.existed || !isMadeBy(await repository.message(head), about.task)) {
    report.left.push(`${what}: it was there before, or has newer commits`);
    return;
  }
  if (await repository.deleteBranch(about.branch, head)) {
    report.removed.push(what);
  } else {
    report.left.push(`${what}: somebody pushed to it`);
  }
}

async function removeRepository(
  report: CleanUpReport,
  repository: AzureRepository,
  about: { task: string; existed: boolean; pipelineExisted: boolean },
): Promise<void> {
  const record = await repository.find();
  if (!record) {
    return;
  }
  const pipelines = AzurePipelines.of(
    repository.client,
    repository.parts.project,
  );
  const pipeline = await pipelines.find(record.id, 'azure-pipelines.yml');
  const what = `the repository ${repository.url}`;
  const head = await repository.head('main');
  const isOurs =
    !about.existed &&
    (!head || isMadeBy(await repository.message(head), about.task));
  if (!isOurs) {
    report.left.push(
      `${what}${
        pipeline ? ' and its pipeline' : ''
      }: it was there before, or has commits of others`,
    );
    return;
  }
  if (pipeline && !about.pipelineExisted) {
    await pipelines.delete(pipeline.id);
    report.removed.push(`the pipeline ${pipeline.name}`);
  }
  await repository.delete(record.id);
  report.removed.push(what);
}
