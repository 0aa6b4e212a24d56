// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BuildRecord, DefinitionRecord } from '../../pipelines/model';
import type { DevOps } from '../DevOps';
import { buildWire, definitionWire, timelineWire } from '../buildWire';
import { invalid, notFound } from '../http/DevOpsError';
import {
  Answer,
  type Call,
  type Json,
  list,
  type Locations,
} from '../http/Locations';
import { zip } from '../zip';

/** Build definitions and builds. */
export function addBuildRoutes(locations: Locations, devops: DevOps): void {
  const { repositories, definitions, builds, runner } = devops;
  const definitionOf = ({ params }: Call): DefinitionRecord =>
    definitions.get(params.project, Number(params.definitionId));
  const buildOf = ({ params }: Call): BuildRecord =>
    builds.get(params.project, Number(params.buildId));

  locations.add(
    'build',
    'dbeaf647-6167-421a-bda9-c9327b25e2e6',
    'definitions',
    '{project}/_apis/{area}/{resource}/{definitionId}',
    7,
    {
      GET: call => {
        const { params, query } = call;
        if (params.definitionId) {
          return definitionWire(devops, definitionOf(call));
        }
        const ids = query.get('definitionIds')?.split(',').map(Number);
        const name = query.get('name')?.toLowerCase();
        const repository = query.get('repositoryId');
        const yaml = query.get('yamlFilename');
        const found = definitions
          .list(params.project!)
          .filter(
            one =>
              (!name || wildcard(name, one.name.toLowerCase())) &&
              (!ids || ids.includes(one.id)) &&
              (!repository || one.repositoryId === repository) &&
              (!yaml || one.yamlPath === yaml.replace(/^\/+/, '')),
          );
        return list(found.map(one => definitionWire(devops, one)));
      },
      POST: ({ params, body, user }) =>
        definitionWire(
          devops,
          definitions.create(
            {
              name: body.name,
              path: body.path,
              repository: repositories.find(
                params.project,
                String(body.repository?.id ?? body.repository?.name ?? ''),
              ),
              yamlPath: String(
                body.process?.yamlFilename ?? 'azure-pipelines.yml',
              ),
              variables: body.variables,
            },
            user,
          ),
        ),
      PUT: call => {
        const { body } = call;
        const known = definitionOf(call);
        if (body.revision !== undefined && body.revision !== known.revision) {
          throw invalid(
            `revision: the definition is at revision ${known.revision}, read it again`,
          );
        }
        return definitionWire(
          devops,
          definitions.update(known, {
            name: body.name ?? known.name,
            path: body.path ?? known.path,
            yamlPath: body.process?.yamlFilename ?? known.yamlPath,
            queueStatus: queueStatusOf(body.queueStatus) ?? known.queueStatus,
            variables: body.variables ?? known.variables,
          }),
        );
      },
      DELETE: call => {
        definitions.delete(definitionOf(call));
        return new Answer(204);
      },
    },
  );

  locations.add(
    'build',
    '0cd358e1-9217-4d94-8269-1c1ee6f93dcf',
    'builds',
    '{project}/_apis/{area}/{resource}/{buildId}',
    7,
    {
      GET: call => {
        if (call.params.buildId) {
          return buildWire(devops, buildOf(call));
        }
        return list(
          searchBuilds(devops, call).map(one => buildWire(devops, one)),
        );
      },
      POST: async ({ params, body, query, user }) => {
        const id = Number(body.definition?.id ?? query.get('definitionId'));
        const definition = definitions.get(params.project, id);
        const build = await queueManually(devops, definition, {
          branch: body.sourceBranch,
          commit: body.sourceVersion,
          parameters: body.templateParameters,
          user,
        });
        return buildWire(devops, build);
      },
      PATCH: call => {
        const build = buildOf(call);
        const { status, keepForever, retainedByRelease } = call.body;
        // 4 is cancelling.
        if (status === 'cancelling' || status === 4) {
          builds.cancel(build);
        }
        build.keepForever =
          keepForever ?? retainedByRelease ?? build.keepForever;
        builds.save(build);
        return buildWire(devops, build);
      },
      DELETE: call => {
        builds.delete(buildOf(call));
        return new Answer(204);
      },
    },
  );

  locations.add(
    'build',
    '8baac422-4c6e-4de5-8532-db96d92acffa',
    'timeline',
    '{project}/_apis/{area}/builds/{buildId}/{resource}/{timelineId}',
    3,
    { GET: call => timelineWire(devops, buildOf(call)) },
  );
  locations.add(
    'build',
    '35a80daf-7f30-45fc-86e8-6b813d9c90df',
    'logs',
    '{project}/_apis/{area}/builds/{buildId}/{resource}/{logId}',
    2,
    {
      GET: call => {
        const build = buildOf(call);
        const { logId } = call.params;
        if (!logId) {
          const written = build.timeline.filter(
            record => record.logId && runner.log(build.id, record.logId),
          );
          return list(
            written.map(record => ({
              id: record.logId,
              type: 'Container',
              createdOn: record.startTime,
              lastChangedOn: record.finishTime,
              lineCount: runner.log(build.id, record.logId!)?.length,
              url: `${devops.url()}/${build.project}/_apis/build/builds/${
                build.id
              }/logs/${record.logId}`,
            })),
          );
        }
        const lines = runner.log(build.id, Number(logId));
        if (!lines) {
          throw notFound(
            'BuildLogNotFoundException',
            `The log ${logId} of build ${build.id} could not be found.`,
          );
        }
        const first = Number(call.query.get('startLine') ?? 1);
        const last = Number(call.query.get('endLine') ?? lines.length);
        const asked = lines.slice(Math.max(0, first - 1), last);
        return /application\/json/.test(String(call.request.headers.accept))
          ? list(asked)
          : new Answer(200, `${asked.join('\n')}\n`, {
              'Content-Type': 'text/plain; charset=utf-8',
            });
      },
    },
  );
  locations.add(
    'build',
    '1db06c96-014e-44e1-ac91-90b2d4b3e984',
    'artifacts',
    '{project}/_apis/{area}/builds/{buildId}/{resource}',
    5,
    {
      GET: call => {
        const build = buildOf(call);
        const wire = (one: BuildRecord['artifacts'][number]): Json => ({
          id: one.id,
          name: one.name,
          resource: {
            type: 'PipelineArtifact',
            downloadUrl: `${devops.url()}/${build.project}/_apis/build/builds/${
              build.id
            }/artifacts?artifactName=${one.name}&$format=zip`,
          },
        });
        const name = call.query.get('artifactName');
        const found = build.artifacts.find(one => one.name === name);
        if (!name) {
          return list(build.artifacts.map(wire));
        }
        if (!found) {
          throw notFound(
            'ArtifactNotFoundException',
            `Artifact ${name} was not found for build ${build.id}.`,
          );
        }
        const wantsZip =
          call.query.get('$format') === 'zip' ||
          /zip/.test(String(call.request.headers.accept));
        return wantsZip
          ? new Answer(
              200,
              zip(
                Object.entries(found.files).map(([path, text]) => ({
                  path: `${found.name}/${path}`,
                  content: Buffer.from(text),
                })),
              ),
              { 'Content-Type': 'application/zip' },
            )
          : wire(found);
      },
    },
  );
  locations.add(
    'build',
    '6e6114b2-8161-44c8-8f6c-c5505782427f',
    'tags',
    '{project}/_apis/{area}/builds/{buildId}/{resource}/{*tag}',
    3,
    {
      GET: call => list(buildOf(call).tags),
      PUT: call => {
        const build = buildOf(call);
        build.tags = [...new Set([...build.tags, call.params.tag!])];
        builds.save(build);
        return list(build.tags);
      },
    },
  );
}

/** Queues a run that somebody asked for. @throws DevOpsError 400 when the branch does not exist */
export async function queueManually(
  devops: DevOps,
  definition: DefinitionRecord,
  input: {
    branch?: string;
    commit?: string;
    parameters?: Record<string, unknown>;
    user: string;
  },
): Promise<BuildRecord> {
  const given = input.branch ?? 'refs/heads/main';
  const branch = given.startsWith('refs/') ? given : `refs/heads/${given}`;
  const repository = devops.repositories.repository(definition);
  const commit = await repository.resolve(input.commit || branch);
  if (!commit) {
    throw invalid(
      `Could not queue the build: sourceBranch ${branch} does not exist in repository ${definition.repository}.`,
    );
  }
  return devops.builds.queue(definition, {
    branch,
    commit,
    reason: 'manual',
    requestedFor: input.user,
    parameters: input.parameters,
  });
}

const STATUS: Record<string, string> = {
  1: 'inProgress',
  2: 'completed',
  32: 'notStarted',
};
const RESULT: Record<string, string> = {
  2: 'succeeded',
  8: 'failed',
  32: 'canceled',
};
const REASON: Record<string, string> = {
  1: 'manual',
  2: 'individualCI',
  256: 'pullRequest',
};

function searchBuilds(devops: DevOps, { params, query }: Call): BuildRecord[] {
  const project = devops.repositories.project(params.project!).name;
  const numbers = (name: string) => query.get(name)?.split(',').map(Number);
  const enumOf = (name: string, names: Record<string, string>) => {
    const value = query.get(name);
    return value === null || value === 'all'
      ? undefined
      : names[value] ?? value;
  };
  const ids = numbers('buildIds');
  const wanted = numbers('definitions');
  const status = enumOf('statusFilter', STATUS);
  const result = enumOf('resultFilter', RESULT);
  const reason = enumOf('reasonFilter', REASON);
  const branch = query.get('branchName');
  const repository = query.get('repositoryId');
  const after = query.get('minTime');
  const top = Number(query.get('$top') ?? 1000);
  return devops.builds
    .all()
    .filter(
      build =>
        build.project === project &&
        (!ids || ids.includes(build.id)) &&
        (!wanted || wanted.includes(build.definitionId)) &&
        (!status || build.status === status) &&
        (!result || build.result === result) &&
        (!reason || build.reason === reason) &&
        (!branch || build.sourceBranch === branch) &&
        (!repository || build.repositoryId === repository) &&
        (!after || build.queueTime >= new Date(after).toISOString()),
    )
    .reverse()
    .slice(0, top);
}

function queueStatusOf(
  given: unknown,
): DefinitionRecord['queueStatus'] | undefined {
  const names = ['enabled', 'paused', 'disabled'] as const;
  return names.find((name, index) => given === name || given === index);
}

function wildcard(pattern: string, text: string): boolean {
  const expression = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(text);
}
