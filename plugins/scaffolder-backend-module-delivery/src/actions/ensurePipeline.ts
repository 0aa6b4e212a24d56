// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { NotFoundError } from '@backstage/errors';
import { AzurePipelines, type PipelinePermit } from '../sources/AzurePipelines';
import type { AzureDevOps, TaskContext } from '../sources/AzureDevOps';
import { ensure } from '../sources/ensure';
import { repositoryUrlOf } from '../sources/RepositoryUrl';
import type { ActionServices } from './ActionServices';
import { ensurePipelineExamples } from './ensurePipeline.examples';

const YAML_PATH = 'azure-pipelines.yml';

/** `azdo:pipeline:ensure`: the pipeline exists, may use what it needs, and has run once. */
export function createEnsurePipelineAction({ devops }: ActionServices) {
  return createTemplateAction({
    id: 'azdo:pipeline:ensure',
    description:
      'Makes the pipeline of a repository, lets it use the pipeline templates and service connections, and starts its first run.',
    examples: ensurePipelineExamples,
    supportsDryRun: true,
    schema: {
      input: {
        repositoryUrl: z => z.string().describe('Clone URL of the repository'),
        name: z => z.string().describe('Name of the pipeline'),
        branch: z => z.string().optional().describe('Default: main'),
      },
      output: {
        pipelineId: z => z.number(),
        pipelineUrl: z => z.string(),
        runId: z => z.number(),
        created: z => z.boolean().describe('Made by this task'),
      },
    },
    async handler(ctx) {
      const { repositoryUrl, name } = ctx.input;
      const branch = ctx.input.branch ?? 'main';
      const repository = devops.repository(ctx, repositoryUrl);
      const pipelines = AzurePipelines.of(
        repository.client,
        repository.parts.project,
      );
      if (ctx.isDryRun) {
        ctx.logger.info(
          `Plan: pipeline ${name} for ${YAML_PATH}, and its first run on ${branch}.`,
        );
        ctx.output('pipelineId', 0);
        ctx.output('pipelineUrl', pipelines.urlOf(0));
        ctx.output('runId', 0);
        ctx.output('created', false);
        return;
      }
      const record = await repository.find();
      if (!record) {
        throw new NotFoundError(
          `The repository ${repository.url} is not there. Start the template again with the same values.`,
        );
      }
      const made = await ctx.checkpoint({
        key: `pipeline.${repositoryUrl}`,
        fn: async () => {
          const { value, created } = await ensure({
            find: () => pipelines.find(record.id, YAML_PATH),
            create: () =>
              pipelines.create({
                name,
                repositoryId: record.id,
                yamlPath: YAML_PATH,
                branch,
              }),
            signal: ctx.signal,
          });
          return { id: value.id, created };
        },
      });
      for (const permit of await permitsOf(devops, ctx, pipelines)) {
        await ctx.checkpoint({
          key: `permit.${repositoryUrl}.${permit.type}.${permit.id}`,
          fn: async () => {
            await pipelines.permit(made.id, permit);
            return { permitted: true };
          },
        });
        ctx.logger.info(`Pipeline ${name} may use ${permit.title}.`);
      }
      const run = await ctx.checkpoint({
        key: `run.${repositoryUrl}`,
        fn: async () => {
          const { value } = await ensure({
            find: () => pipelines.findRun(made.id),
            create: () => pipelines.queue(made.id, branch),
            signal: ctx.signal,
          });
          return { id: value.id };
        },
      });
      ctx.logger.info(
        `${
          made.created ? 'Made' : 'Took'
        } the pipeline ${name}: ${pipelines.urlOf(made.id)} Its first run is ${
          run.id
        }.`,
      );
      ctx.output('pipelineId', made.id);
      ctx.output('pipelineUrl', pipelines.urlOf(made.id));
      ctx.output('runId', run.id);
      ctx.output('created', made.created);
    },
  });
}

/** What every pipeline of the portal uses, by the ids of Azure DevOps. */
async function permitsOf(
  devops: AzureDevOps,
  context: TaskContext,
  pipelines: AzurePipelines,
): Promise<PipelinePermit[]> {
  const { organizationUrl, pipelineTemplates, serviceConnections } =
    devops.settings();
  const templates = devops.repository(
    context,
    repositoryUrlOf({ organizationUrl, ...pipelineTemplates }),
  );
  const record = await templates.find();
  if (!record) {
    throw new NotFoundError(
      `The pipeline templates ${templates.url} are not there. Set fairway.azureDevOps.pipelineTemplates, or let the portal's identity read the repository.`,
    );
  }
  const permits: PipelinePermit[] = [
    {
      type: 'repository',
      id: `${record.project.id}.${record.id}`,
      title: `${pipelineTemplates.project}/${pipelineTemplates.repository}`,
    },
  ];
  for (const name of serviceConnections) {
    const id = await pipelines.findEndpoint(name);
    if (!id) {
      throw new NotFoundError(
        `The service connection ${name} is not in the team's project. Share it with the project, or take it out of fairway.azureDevOps.serviceConnections.`,
      );
    }
    permits.push({ type: 'endpoint', id, title: name });
  }
  return permits;
}
