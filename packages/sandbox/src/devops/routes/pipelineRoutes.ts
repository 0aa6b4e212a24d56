// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BuildRecord, DefinitionRecord } from '../../pipelines/model';
import { PipelineValidationError } from '../../pipelines/PipelineValidationError';
import type { DevOps } from '../DevOps';
import { buildWebUrl } from '../buildWire';
import { DevOpsError, invalid } from '../http/DevOpsError';
import { type Call, type Json, list, type Locations } from '../http/Locations';
import { queueManually } from './buildRoutes';

/** The newer face of definitions and builds: pipelines and runs. */
export function addPipelineRoutes(locations: Locations, devops: DevOps): void {
  const { repositories, definitions, builds } = devops;
  const pipelineOf = ({ params }: Call): DefinitionRecord =>
    definitions.get(params.project, Number(params.pipelineId));

  const pipelineWire = (record: DefinitionRecord): Json => ({
    id: record.id,
    name: record.name,
    folder: record.path,
    revision: record.revision,
    url: `${devops.url()}/${record.project}/_apis/pipelines/${
      record.id
    }?revision=${record.revision}`,
    configuration: {
      type: 'yaml',
      path: record.yamlPath,
      repository: { id: record.repositoryId, type: 'azureReposGit' },
    },
    _links: {
      web: {
        href: `${devops.url()}/${
          record.project
        }/_build/definition?definitionId=${record.id}`,
      },
    },
  });
  const runWire = (build: BuildRecord): Json => ({
    id: build.id,
    name: build.buildNumber,
    state: build.status === 'completed' ? 'completed' : 'inProgress',
    ...(build.result ? { result: build.result } : {}),
    createdDate: build.queueTime,
    finishedDate: build.finishTime,
    templateParameters: build.parameters,
    pipeline: pipelineWire(definitions.get(undefined, build.definitionId)),
    resources: {
      repositories: {
        self: {
          repository: { id: build.repositoryId, type: 'azureReposGit' },
          refName: build.sourceBranch,
          version: build.sourceVersion,
        },
      },
    },
    url: `${devops.url()}/${build.project}/_apis/pipelines/${
      build.definitionId
    }/runs/${build.id}`,
    _links: { web: { href: buildWebUrl(devops, build) } },
  });

  const preview = async (call: Call): Promise<Json> => {
    const { body } = call;
    const definition = pipelineOf(call);
    const branch = String(
      body.resources?.repositories?.self?.refName ?? 'refs/heads/main',
    );
    const commit = await repositories.repository(definition).resolve(branch);
    if (!commit) {
      throw invalid(
        `resources.repositories.self.refName: ${branch} does not exist in repository ${definition.repository}`,
      );
    }
    try {
      const plan = await builds.compile(
        definition,
        {
          branch,
          commit,
          reason: 'manual',
          parameters: body.templateParameters,
        },
        body.yamlOverride || undefined,
      );
      return { finalYaml: plan.finalYaml };
    } catch (error) {
      if (error instanceof PipelineValidationError) {
        throw new DevOpsError(
          400,
          'PipelineValidationException',
          error.message,
        );
      }
      throw error;
    }
  };

  locations.add(
    'pipelines',
    '28e1305e-2afe-47bf-abaf-cbb0e6a91988',
    'pipelines',
    '{project}/_apis/{resource}/{pipelineId}',
    1,
    {
      GET: call =>
        call.params.pipelineId
          ? pipelineWire(pipelineOf(call))
          : list(definitions.list(call.params.project!).map(pipelineWire)),
      POST: ({ params, body, user }) => {
        const { configuration } = body;
        const repository = repositories.find(
          params.project,
          String(
            configuration?.repository?.id ??
              configuration?.repository?.name ??
              '',
          ),
        );
        return pipelineWire(
          definitions.create(
            {
              name: body.name,
              path: body.folder,
              repository,
              yamlPath: String(configuration.path ?? 'azure-pipelines.yml'),
            },
            user,
          ),
        );
      },
    },
  );
  locations.add(
    'pipelines',
    '7859261e-d2e9-4a68-b820-a5d84cc5bb3d',
    'runs',
    '{project}/_apis/pipelines/{pipelineId}/{resource}/{runId}',
    1,
    {
      GET: call => {
        const pipeline = pipelineOf(call);
        const { runId } = call.params;
        return runId
          ? runWire(builds.get(call.params.project, Number(runId)))
          : list(
              builds
                .all()
                .filter(build => build.definitionId === pipeline.id)
                .reverse()
                .map(runWire),
            );
      },
      POST: async call => {
        const { body, user } = call;
        if (body.previewRun) {
          return preview(call);
        }
        const self = body.resources?.repositories?.self;
        return runWire(
          await queueManually(devops, pipelineOf(call), {
            branch: self?.refName,
            commit: self?.version,
            parameters: body.templateParameters,
            user,
          }),
        );
      },
    },
  );
  locations.add(
    'pipelines',
    '53df2d18-29ea-46a9-bee0-933540f80abf',
    'preview',
    '{project}/_apis/pipelines/{pipelineId}/{resource}',
    1,
    { POST: preview },
  );

  const RESOURCES = [
    'endpoint',
    'queue',
    'variablegroup',
    'securefile',
    'environment',
    'repository',
  ];
  const permissionWire = (type: string, id: string): Json => ({
    resource: { type, id },
    pipelines: definitions
      .all()
      .filter(one => one.authorized.includes(`${type}/${id}`))
      .map(one => ({ id: one.id, authorized: true })),
  });
  locations.add(
    'pipelinePermissions',
    'b5b9a4a4-e6cd-4096-853c-ab7d8b0c4eb2',
    'pipelinePermissions',
    '{project}/_apis/pipelines/{resource}/{resourceType}/{resourceId}',
    1,
    {
      GET: ({ params }) =>
        permissionWire(params.resourceType!.toLowerCase(), params.resourceId!),
      PATCH: ({ params, body }) => {
        const type = params.resourceType!.toLowerCase();
        const id = params.resourceId!;
        if (!RESOURCES.includes(type)) {
          throw invalid(
            `resourceType "${type}" must be one of ${RESOURCES.join(', ')}`,
          );
        }
        if (type === 'repository' && !id.includes('.')) {
          throw invalid(
            `resourceId "${id}" of a repository must be {projectId}.{repositoryId}`,
          );
        }
        for (const one of body.pipelines ?? []) {
          definitions.authorize(
            definitions.get(params.project, Number(one.id)),
            `${type}/${id}`,
            one.authorized === true,
          );
        }
        return permissionWire(type, id);
      },
    },
  );
}
