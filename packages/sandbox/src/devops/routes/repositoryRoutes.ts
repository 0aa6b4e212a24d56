// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { aheadBehind, StaleReferenceError, ZERO } from '../../git';
import type { DevOps } from '../DevOps';
import { DevOpsError, invalid, notFound } from '../http/DevOpsError';
import {
  Answer,
  type Call,
  type Json,
  list,
  type Locations,
} from '../http/Locations';
import { commitWire } from '../gitWire';
import type { RepositoryRecord } from '../state/Repositories';

/** Repositories, refs and branches. */
export function addRepositoryRoutes(
  locations: Locations,
  devops: DevOps,
): void {
  const { repositories, policies, identities } = devops;
  const readable = ({ params }: Call) =>
    repositories.readable(params.project, params.repositoryId!);

  locations.add(
    'git',
    '225f7195-f9c7-4d14-ab28-a83f7ff77e1f',
    'repositories',
    '{project}/_apis/{area}/{resource}/{repositoryId}',
    2,
    {
      GET: async ({ params }) => {
        if (params.repositoryId) {
          return repositories.wire(
            repositories.find(params.project, params.repositoryId),
          );
        }
        const all = repositories.list(params.project);
        return list(await Promise.all(all.map(one => repositories.wire(one))));
      },
      POST: async ({ params, body }) => {
        const project =
          params.project ?? body.project?.id ?? body.project?.name;
        if (!project) {
          throw invalid('project.id: name the project of the new repository');
        }
        return new Answer(
          201,
          await repositories.wire(repositories.create(project, body.name)),
        );
      },
      PATCH: async ({ params, body }) =>
        repositories.wire(
          repositories.update(
            repositories.find(params.project, params.repositoryId!),
            body,
          ),
        ),
      DELETE: ({ params }) => {
        const record = repositories.find(params.project, params.repositoryId!);
        policies.deleteFor(record);
        repositories.delete(record);
        return new Answer(204);
      },
    },
  );

  locations.add(
    'git',
    '2d874a60-a811-4f62-9c9f-963a6ea0a55b',
    'refs',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{*filter}',
    2,
    {
      GET: async call => {
        const { params, query } = call;
        const record = readable(call);
        const refs = await repositories.repository(record).refs();
        const filter = params.filter ?? query.get('filter') ?? '';
        const contains = query.get('filterContains') ?? '';
        const value = [...refs]
          .filter(
            ([name]) =>
              name.startsWith(`refs/${filter}`) && name.includes(contains),
          )
          .map(([name, objectId]) => ({
            name,
            objectId,
            creator: identities.of('fairway-portal'),
            url: `${devops.url()}/_apis/git/repositories/${
              record.id
            }/refs?filter=${encodeURIComponent(name.slice(5))}`,
          }));
        return list(value);
      },
      POST: async call => {
        const record = readable(call);
        const updates = Array.isArray(call.body) ? call.body : [];
        if (updates.length === 0) {
          throw invalid('a list of ref updates is needed');
        }
        const value: Json[] = [];
        for (const update of updates) {
          value.push(await updateRef(devops, record, update, call.user));
        }
        return list(value);
      },
    },
  );

  locations.add(
    'git',
    'd5b216de-d8d5-4d32-ae76-51df755b16d3',
    'branches',
    '{project}/_apis/{area}/repositories/{repositoryId}/stats/{resource}/{*name}',
    2,
    {
      GET: async call => {
        const record = readable(call);
        const repository = repositories.repository(record);
        const refs = await repository.refs();
        const wanted = call.params.name || call.query.get('name');
        const baseName =
          call.query.get('baseVersionDescriptor.version') ??
          record.defaultBranch.replace('refs/heads/', '');
        const base = refs.get(`refs/heads/${baseName}`);
        const heads = [...refs].filter(
          ([name]) =>
            name.startsWith('refs/heads/') &&
            (!wanted || name === `refs/heads/${wanted}`),
        );
        const value = await Promise.all(
          heads.map(async ([ref, sha]) => {
            const [commit] = await repository.log(sha, { limit: 1 });
            const counts = base
              ? await aheadBehind(repository.dir, base, sha)
              : { ahead: 0, behind: 0 };
            return {
              commit: commitWire(devops, record, commit),
              name: ref.replace('refs/heads/', ''),
              aheadCount: counts.ahead,
              behindCount: counts.behind,
              isBaseVersion: sha === base,
            };
          }),
        );
        if (wanted && value.length === 0) {
          throw notFound(
            'GitUnresolvableToCommitException',
            `TF401175: The version descriptor <Branch: ${wanted}> could not be resolved to a version in the repository ${record.repository}.`,
          );
        }
        return wanted ? value[0] : list(value);
      },
    },
  );
}

async function updateRef(
  devops: DevOps,
  record: RepositoryRecord,
  update: Json,
  user: string,
): Promise<Json> {
  const { repositories, policies } = devops;
  const repository = repositories.repository(record);
  const name = String(update.name ?? '');
  const oldObjectId = String(update.oldObjectId ?? ZERO);
  const newObjectId = String(update.newObjectId ?? ZERO);
  const answer = (updateStatus: string, customMessage?: string) => ({
    repositoryId: record.id,
    name,
    oldObjectId,
    newObjectId,
    isLocked: false,
    updateStatus,
    success: updateStatus === 'succeeded',
    ...(customMessage ? { customMessage } : {}),
  });
  if (
    !/^refs\/(heads|tags)\/[^\s~^:?*[\\]+$/.test(name) ||
    name.includes('..')
  ) {
    return answer('invalidRefName');
  }
  const refusal =
    oldObjectId !== ZERO && policies.pushRefusal(record, name, user);
  if (refusal) {
    return answer('rejectedByPolicy', refusal);
  }
  if (newObjectId !== ZERO && !(await repository.resolve(newObjectId))) {
    return answer('unresolvableToCommit');
  }
  try {
    await repository.updateRefs([
      {
        name,
        oldSha: oldObjectId === ZERO ? undefined : oldObjectId,
        newSha: newObjectId === ZERO ? undefined : newObjectId,
      },
    ]);
    return answer('succeeded');
  } catch (error) {
    if (error instanceof StaleReferenceError) {
      return answer('staleOldObjectId');
    }
    throw error;
  }
}

/** A push or merge that lost the race for a ref. */
export function staleReference(error: StaleReferenceError): DevOpsError {
  return new DevOpsError(
    409,
    'GitReferenceStaleException',
    `TF401028: The reference '${error.refName}' has already been updated by another client, so you cannot update it. Please try again.`,
  );
}
