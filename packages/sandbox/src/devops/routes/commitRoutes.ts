// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { aheadBehind, compareTrees, EMPTY_TREE, mergeBase } from '../../git';
import type { DevOps } from '../DevOps';
import { changeWire, commitWire, versionOf } from '../gitWire';
import { notFound } from '../http/DevOpsError';
import { type Call, type Json, list, type Locations } from '../http/Locations';

/** Commits, their changes, and differences between versions. */
export function addCommitRoutes(locations: Locations, devops: DevOps): void {
  const { repositories } = devops;
  const open = ({ params }: Call) => {
    const record = repositories.readable(params.project, params.repositoryId!);
    return { record, repository: repositories.repository(record) };
  };
  const one = async (call: Call) => {
    const { record, repository } = open(call);
    const sha = await repository.resolve(call.params.commitId!);
    const [commit] = sha ? await repository.log(sha, { limit: 1 }) : [];
    if (!commit) {
      throw notFound(
        'GitCommitDoesNotExistException',
        `TF401175: Unable to find a Git commit with ID ${call.params.commitId}.`,
      );
    }
    return { record, repository, commit };
  };

  locations.add(
    'git',
    'c2570c3b-5b3f-41b8-98bf-5407bfde8d58',
    'commits',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{commitId}',
    2,
    {
      GET: async call => {
        if (call.params.commitId) {
          const { record, commit } = await one(call);
          return {
            ...commitWire(devops, record, commit),
            comment: commit.message,
            commentTruncated: undefined,
          };
        }
        const { record, repository } = open(call);
        const { query } = call;
        if ((await repository.refs()).size === 0) {
          return list([]);
        }
        const criteria = (name: string) =>
          query.get(`searchCriteria.${name}`) ??
          query.get(`searchCriteria.$${name}`) ??
          undefined;
        const itemVersion = versionQuery(query, 'itemVersion');
        const compareVersion = versionQuery(query, 'compareVersion');
        const commits = await repository.log(
          await versionOf(record, repository, itemVersion),
          {
            path: criteria('itemPath'),
            limit: Number(
              query.get('$top') ?? query.get('top') ?? criteria('top') ?? 100,
            ),
            skip: Number(
              query.get('$skip') ?? query.get('skip') ?? criteria('skip') ?? 0,
            ),
            since: criteria('fromDate'),
            until: criteria('toDate'),
            author: criteria('author'),
            exclude: compareVersion.has('version')
              ? await versionOf(record, repository, compareVersion)
              : undefined,
          },
        );
        return list(commits.map(commit => commitWire(devops, record, commit)));
      },
    },
  );

  locations.add(
    'git',
    '5bf884f5-3e07-42e9-afb8-1b872267bf16',
    'changes',
    '{project}/_apis/{area}/repositories/{repositoryId}/commits/{commitId}/{resource}',
    1,
    {
      GET: async call => {
        const { repository, commit } = await one(call);
        const changes = await compareTrees(
          repository.dir,
          commit.parents[0] ?? EMPTY_TREE,
          commit.sha,
        );
        return changesWire(changes.map(changeWire), call.query, {});
      },
    },
  );

  locations.add(
    'git',
    '615588d5-c0c7-4b88-88f8-e625306446e8',
    'commits',
    '{project}/_apis/{area}/repositories/{repositoryId}/diffs/{resource}',
    1,
    {
      GET: async call => {
        const { record, repository } = open(call);
        const base = await versionOf(
          record,
          repository,
          versionQuery(call.query, undefined, 'base'),
        );
        const target = await versionOf(
          record,
          repository,
          versionQuery(call.query, undefined, 'target'),
        );
        const common = await mergeBase(repository.dir, base, target);
        const from =
          call.query.get('diffCommonCommit') === 'false'
            ? base
            : common ?? base;
        const changes = await compareTrees(repository.dir, from, target);
        const { ahead, behind } = await aheadBehind(
          repository.dir,
          base,
          target,
        );
        return changesWire(changes.map(changeWire), call.query, {
          allChangesIncluded: true,
          commonCommit: common,
          baseCommit: base,
          targetCommit: target,
          aheadCount: ahead,
          behindCount: behind,
        });
      },
    },
  );
}

function changesWire(
  changes: Json[],
  query: URLSearchParams,
  more: Json,
): Json {
  const counts: Record<string, number> = {};
  for (const { changeType } of changes) {
    const title = changeType[0].toUpperCase() + changeType.slice(1);
    counts[title] = (counts[title] ?? 0) + 1;
  }
  const skip = Number(query.get('skip') ?? query.get('$skip') ?? 0);
  const top = Number(query.get('top') ?? query.get('$top') ?? changes.length);
  return {
    ...more,
    changeCounts: counts,
    changes: changes.slice(skip, skip + top),
  };
}

/** The clients spell a version in several ways; here it becomes `version` and `versionType`. */
function versionQuery(
  query: URLSearchParams,
  criterion?: string,
  side?: 'base' | 'target',
): URLSearchParams {
  const found = new URLSearchParams();
  const names = criterion
    ? [`searchCriteria.${criterion}.`]
    : [`${side}VersionDescriptor.`, ''];
  for (const prefix of names) {
    for (const field of ['version', 'versionType']) {
      const title = field[0].toUpperCase() + field.slice(1);
      const value =
        query.get(prefix + field) ??
        query.get(`${prefix}${side}${title}`) ??
        undefined;
      if (value !== undefined && !found.has(field)) {
        found.set(field, value);
      }
    }
  }
  return found;
}
