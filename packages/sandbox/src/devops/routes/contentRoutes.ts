// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { GitRepository, TreeEntry } from '../../git';
import type { DevOps } from '../DevOps';
import { versionOf } from '../gitWire';
import { notFound } from '../http/DevOpsError';
import {
  Answer,
  type Call,
  type Json,
  list,
  type Locations,
} from '../http/Locations';
import type { RepositoryRecord } from '../state/Repositories';
import { zip } from '../zip';

/** Files and folders of a commit. */
export function addContentRoutes(locations: Locations, devops: DevOps): void {
  const { repositories } = devops;

  locations.add(
    'git',
    'fb93c0db-47ed-4a31-8c20-47552878fb44',
    'items',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{*path}',
    1,
    {
      GET: async call => {
        const { params, query } = call;
        const record = repositories.readable(
          params.project,
          params.repositoryId!,
        );
        const repository = repositories.repository(record);
        const commit = await versionOf(record, repository, query);
        const entries = await repository.tree(commit);
        const single = query.get('path') ?? params.path;
        const path = (single ?? query.get('scopePath') ?? '/').replace(
          /^\/+|\/+$/g,
          '',
        );
        const entry = entries.find(other => other.path === path);
        if (path && !entry) {
          throw notFound(
            'GitItemNotFoundException',
            `TF401174: The item '/${path}' could not be found in the repository '${
              record.repository
            }' at the version specified by '<${
              query.get('versionDescriptor.version') ?? commit
            }>' (resolved to commit '${commit}')`,
          );
        }
        if (entry?.type === 'blob') {
          return file(devops, call, record, repository, commit, entry);
        }
        if (wantsZip(call)) {
          return archive(repository, entries, path);
        }
        const level = (query.get('recursionLevel') ?? 'none').toLowerCase();
        const wire = (one: TreeEntry) => itemWire(devops, record, commit, one);
        const root: TreeEntry = entry ?? {
          path: '',
          sha: commit,
          mode: '040000',
          type: 'tree',
          size: 0,
        };
        return list([root, ...below(entries, path, level)].map(wire));
      },
    },
  );

  locations.add(
    'git',
    '7b28e929-2c99-405d-9c5c-6167a06e6816',
    'blobs',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{sha1}',
    1,
    {
      GET: async ({ params, request }) => {
        const record = repositories.readable(
          params.project,
          params.repositoryId!,
        );
        const repository = repositories.repository(record);
        const sha = params.sha1!;
        const found = await repository.blobs([sha]).catch(() => undefined);
        const content = found?.get(sha);
        if (!content) {
          throw notFound(
            'GitObjectDoesNotExistException',
            `TF401174: The object ${sha} does not exist.`,
          );
        }
        return /json/.test(String(request.headers.accept))
          ? { objectId: sha, size: content.length }
          : new Answer(200, content, {
              'Content-Type': 'application/octet-stream',
            });
      },
    },
  );
}

function wantsZip({ query, request }: Call): boolean {
  return (
    query.get('$format') === 'zip' ||
    /application\/zip/.test(String(request.headers.accept)) ||
    query.get('download') === 'true'
  );
}

async function file(
  devops: DevOps,
  { query, request }: Call,
  record: RepositoryRecord,
  repository: GitRepository,
  commit: string,
  entry: TreeEntry,
): Promise<unknown> {
  const content = (await repository.blobs([entry.sha])).get(entry.sha)!;
  const name = entry.path.split('/').at(-1)!;
  const accept = String(request.headers.accept ?? '');
  if (/application\/zip/.test(accept)) {
    return new Answer(200, zip([{ path: name, content }]), {
      'Content-Type': 'application/zip',
    });
  }
  const asJson =
    /application\/json/.test(accept) && query.get('download') !== 'true';
  if (asJson || query.get('$format') === 'json') {
    return {
      ...itemWire(devops, record, commit, entry),
      ...(query.get('includeContent') === 'true'
        ? { content: content.toString() }
        : {}),
    };
  }
  const isText = !content.subarray(0, 8000).includes(0);
  return new Answer(200, content, {
    'Content-Type':
      isText && !/octet-stream/.test(accept)
        ? 'text/plain; charset=utf-8'
        : 'application/octet-stream',
    ...(query.get('download') === 'true'
      ? {
          'Content-Disposition': `attachment; filename=${encodeURIComponent(
            name,
          )}`,
        }
      : {}),
    ETag: `"${entry.sha}"`,
  });
}

/** A folder as zip; a sub-folder's own name is the first folder in it. */
async function archive(
  repository: GitRepository,
  entries: TreeEntry[],
  path: string,
): Promise<Answer> {
  const files = entries.filter(
    entry =>
      entry.type === 'blob' && (!path || entry.path.startsWith(`${path}/`)),
  );
  const contents = await repository.blobs(files.map(one => one.sha));
  const parent = path.includes('/') ? path.lastIndexOf('/') + 1 : 0;
  return new Answer(
    200,
    zip(
      files.map(one => ({
        path: one.path.slice(parent),
        content: contents.get(one.sha)!,
      })),
    ),
    { 'Content-Type': 'application/zip' },
  );
}

function below(entries: TreeEntry[], path: string, level: string): TreeEntry[] {
  if (level === 'none' || level === '0') {
    return [];
  }
  const isDeep = level.startsWith('full') || level === '120';
  return entries.filter(entry => {
    if (path && !entry.path.startsWith(`${path}/`)) {
      return false;
    }
    const rest = path ? entry.path.slice(path.length + 1) : entry.path;
    return isDeep || !rest.includes('/');
  });
}

function itemWire(
  devops: DevOps,
  record: RepositoryRecord,
  commit: string,
  entry: TreeEntry,
): Json {
  return {
    objectId: entry.sha,
    gitObjectType: entry.type,
    commitId: commit,
    path: `/${entry.path}`,
    ...(entry.type === 'tree' ? { isFolder: true } : { size: entry.size }),
    url: `${devops.url()}/_apis/git/repositories/${
      record.id
    }/items?path=${encodeURIComponent(
      `/${entry.path}`,
    )}&versionType=Commit&version=${commit}`,
  };
}
