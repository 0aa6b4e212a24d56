// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { GitCommitInfo, GitRepository, TreeChange } from '../git';
import type { DevOps } from './DevOps';
import { notFound } from './http/DevOpsError';
import type { Json } from './http/Locations';
import type { RepositoryRecord } from './state/Repositories';

/** Shape of GitCommitRef on the wire. */
export function commitWire(
  devops: Pick<DevOps, 'url' | 'repositories'>,
  record: RepositoryRecord,
  commit: GitCommitInfo,
): Json {
  const [subject] = commit.message.split('\n');
  const shortened = subject !== commit.message;
  return {
    commitId: commit.sha,
    author: commit.author,
    committer: commit.committer,
    comment: subject,
    ...(shortened ? { commentTruncated: true } : {}),
    parents: commit.parents,
    url: `${devops.url()}/_apis/git/repositories/${record.id}/commits/${
      commit.sha
    }`,
    remoteUrl: `${devops.repositories.webUrl(record)}/commit/${commit.sha}`,
  };
}

export function changeWire(change: TreeChange): Json {
  return {
    item: {
      objectId: change.sha,
      originalObjectId: change.oldSha,
      gitObjectType: 'blob',
      path: `/${change.path}`,
    },
    changeType: change.kind,
    ...(change.from ? { sourceServerItem: `/${change.from}` } : {}),
  };
}

/**
 * The commit that `versionDescriptor.*` (or the older `version`) names; the
 * default branch when none is given.
 *
 * @throws DevOpsError 404
 */
export async function versionOf(
  record: RepositoryRecord,
  repository: GitRepository,
  query: URLSearchParams,
  prefix = 'versionDescriptor',
): Promise<string> {
  const version =
    query.get(`${prefix}.version`) ?? query.get('version') ?? undefined;
  const type = (
    query.get(`${prefix}.versionType`) ??
    query.get('versionType') ??
    'branch'
  ).toLowerCase();
  const name = version ?? record.defaultBranch.replace('refs/heads/', '');
  const prefixes: Record<string, string> = {
    branch: 'refs/heads/',
    0: 'refs/heads/',
    tag: 'refs/tags/',
    1: 'refs/tags/',
    commit: '',
    2: '',
  };
  const found =
    (await repository.resolve(`${prefixes[type] ?? ''}${name}`)) ??
    // Backstage sends tags and commits without their type.
    (query.get('version') ? await repository.resolve(name) : undefined);
  if (!found) {
    throw notFound(
      'GitUnresolvableToCommitException',
      `TF401175: The version descriptor <${type}: ${name}> could not be resolved to a version in the repository ${record.repository}.`,
    );
  }
  return found;
}
