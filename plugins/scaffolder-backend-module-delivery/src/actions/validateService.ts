// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { AzureDevOps, TaskContext } from '../sources/AzureDevOps';
import { AzurePipelines } from '../sources/AzurePipelines';
import { AzurePullRequests } from '../sources/AzurePullRequests';
import { repositoryUrlOf } from '../sources/RepositoryUrl';
import { branchOf } from '../service/branchOf';
import { checkNameIsFree } from '../service/checkNameIsFree';
import { checkNamespace } from '../service/checkNamespace';
import { checkOwner } from '../service/checkOwner';
import {
  type CheckedService,
  checkServiceInput,
  type InputProblem,
} from '../service/checkServiceInput';
import type { ActionServices } from './ActionServices';
import { validateServiceExamples } from './validateService.examples';

/** What was there before the task began: it must not be removed when the task fails. */
export interface ExistingTargets {
  repository: boolean;
  pipeline: boolean;
  branch: boolean;
  pullRequest: boolean;
}

const NOTHING: ExistingTargets = {
  repository: false,
  pipeline: false,
  branch: false,
  pullRequest: false,
};

/**
 * `fairway:service:validate`: everything that can be refused is refused here, before
 * anything is made, with the field named. It also says what stands already, so that a
 * later failure removes only what the task itself has made.
 */
export function createValidateServiceAction(services: ActionServices) {
  const { devops } = services;
  return createTemplateAction({
    id: 'fairway:service:validate',
    description:
      'Checks a new service: name, owner, environments, namespace. Makes nothing.',
    examples: validateServiceExamples,
    supportsDryRun: true,
    schema: {
      // Loose on purpose: the checks below name the field and what to do.
      input: {
        name: z => z.any().describe('Name of the service'),
        description: z => z.any().describe('What it does, in one sentence'),
        owner: z =>
          z.any().describe("Group that owns it: one of the user's groups"),
        environments: z => z.any().describe('Names of environments'),
        exposure: z => z.any().describe('none, gateway or ingress-nginx'),
        template: z =>
          z
            .string()
            .regex(/^[a-z][a-z0-9-]{0,62}$/)
            .describe("Name of the template, for the service's catalog entry"),
      },
      output: {
        team: z => z.string(),
        name: z => z.string(),
        repositoryUrl: z => z.string(),
        catalogInfoUrl: z => z.string(),
        entityRef: z => z.string(),
        environments: z => z.array(z.string()),
        values: z => z.record(z.any()),
        existing: z =>
          z.object({
            repository: z.boolean(),
            pipeline: z.boolean(),
            branch: z.boolean(),
            pullRequest: z.boolean(),
          }),
      },
    },
    async handler(ctx) {
      const settings = devops.settings();
      const { service, problems } = checkServiceInput(
        {
          name: ctx.input.name,
          description: ctx.input.description,
          owner: ctx.input.owner,
          environments: ctx.input.environments,
          exposure: ctx.input.exposure,
        },
        settings,
      );
      if (!service) {
        throw refusal(problems);
      }
      const ownerProblem = await checkOwner(
        service.owner,
        await ctx.getInitiatorCredentials(),
        services,
      );
      if (ownerProblem) {
        throw refusal([{ field: 'owner', message: ownerProblem }]);
      }

      const parts = {
        organizationUrl: settings.organizationUrl,
        project: settings.projectOf(service.team),
        repository: service.name,
      };
      const repositoryUrl = repositoryUrlOf(parts);
      let existing = NOTHING;
      if (ctx.isDryRun) {
        ctx.logger.info(
          'Dry run: whether the name is free and the namespace exists is not checked.',
        );
      } else {
        const found = await lookAround(services, ctx, service, repositoryUrl);
        if (found.problems.length > 0) {
          throw refusal(found.problems);
        }
        // Kept from the first time: after a restart the task finds its own work.
        existing = await ctx.checkpoint({
          key: `existing.${service.team}.${service.name}`,
          fn: async () => ({ ...found.existing }),
        });
      }

      ctx.logger.info(
        `Plan: repository ${repositoryUrl}, pipeline ${
          service.name
        }, pull request to ${
          settings.gitops.repositoryUrl
        } for ${service.environments.join(
          ', ',
        )}, catalog entry component:default/${service.name}.`,
      );
      ctx.output('team', service.team);
      ctx.output('name', service.name);
      ctx.output('repositoryUrl', repositoryUrl);
      ctx.output('catalogInfoUrl', `${repositoryUrl}?path=/catalog-info.yaml`);
      ctx.output('entityRef', `component:default/${service.name}`);
      ctx.output('environments', service.environments);
      ctx.output('existing', existing);
      ctx.output('values', {
        ...service,
        template: ctx.input.template,
        project: parts.project,
        repositoryUrl,
        pipelineTemplates: `${settings.pipelineTemplates.project}/${settings.pipelineTemplates.repository}`,
        isEverywhere:
          service.environments.length === settings.environments.length,
        environmentList: service.environments.join(','),
        // An empty folder name leaves its files out (scaffolder, fetch:template).
        folders: Object.fromEntries(
          settings.environments.map(name => [
            name,
            service.environments.includes(name) ? name : '',
          ]),
        ),
        // As is a path with "//" in it.
        when: {
          gateway: service.exposure === 'gateway' ? '' : '/',
          nginx: service.exposure === 'ingress-nginx' ? '' : '/',
        },
        registry: settings.registry,
        domain: settings.domain,
        gateway: settings.gateway,
      });
    },
  });
}

async function lookAround(
  services: ActionServices,
  context: TaskContext,
  service: CheckedService,
  repositoryUrl: string,
): Promise<{ problems: InputProblem[]; existing: ExistingTargets }> {
  const { devops } = services;
  const settings = devops.settings();
  const problems: InputProblem[] = [];
  const repository = devops.repository(context, repositoryUrl);
  const nameProblem = await checkNameIsFree(
    {
      name: service.name,
      owner: service.owner,
      service: `${service.team}/${service.name}`,
      repository,
    },
    services,
  );
  if (nameProblem) {
    problems.push({ field: 'name', message: nameProblem });
  }
  const gitops = devops.repository(context, settings.gitops.repositoryUrl);
  const head = await gitops.head(settings.gitops.branch);
  if (!head) {
    throw new InputError(
      `The GitOps repository ${gitops.url} has no branch ${settings.gitops.branch}. Set fairway.gitops in the portal's configuration.`,
    );
  }
  problems.push(...(await checkNamespace(gitops, head, service)));
  return {
    problems,
    existing: await findExisting(devops, context, service, repositoryUrl),
  };
}

async function findExisting(
  devops: AzureDevOps,
  context: TaskContext,
  service: CheckedService,
  repositoryUrl: string,
): Promise<ExistingTargets> {
  const { gitops } = devops.settings();
  const repository = devops.repository(context, repositoryUrl);
  const record = await repository.find();
  const pipeline =
    record &&
    (await AzurePipelines.of(repository.client, repository.parts.project).find(
      record.id,
      'azure-pipelines.yml',
    ));
  const gitopsRepository = devops.repository(context, gitops.repositoryUrl);
  const branch = branchOf(service.team, service.name);
  return {
    repository: record !== undefined,
    pipeline: pipeline !== undefined,
    branch: (await gitopsRepository.head(branch)) !== undefined,
    pullRequest:
      (await AzurePullRequests.of(gitopsRepository).findNewest(
        branch,
        gitops.branch,
        'active',
      )) !== undefined,
  };
}

function refusal(problems: InputProblem[]): InputError {
  const error = new InputError(
    problems.map(({ field, message }) => `${field}: ${message}`).join('\n'),
  );
  // The task log, which people read, prints it; lines of our code say nothing to them.
  error.stack = `${error.name}: ${error.message}`;
  return error;
}
