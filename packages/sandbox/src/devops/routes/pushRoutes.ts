// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  type GitChange,
  type GitRepository,
  StaleReferenceError,
  ZERO,
} from '../../git';
import type { StateStore } from '../../state';
import type { DevOps } from '../DevOps';
import { commitWire } from '../gitWire';
import { DevOpsError, invalid, notFound } from '../http/DevOpsError';
import { Answer, type Json, list, type Locations } from '../http/Locations';
import type { RepositoryRecord } from '../state/Repositories';
import { Table } from '../state/Table';
import { staleReference } from './repositoryRoutes';

interface PushRecord {
  id: number;
  repositoryId: string;
  by: string;
  at: string;
  refName: string;
  oldSha: string;
  newSha: string;
}

const KINDS: Record<string, string> = {
  1: 'add',
  2: 'edit',
  8: 'rename',
  16: 'delete',
};

/** Pushes: commits made by the server, moved in by compare-and-swap. */
export function addPushRoutes(
  locations: Locations,
  devops: DevOps,
  state: StateStore,
): void {
  const { repositories, identities, policies, clock } = devops;
  const pushes = new Table<PushRecord>(state, 'devops/pushes');
  const wire = (record: RepositoryRecord, push: PushRecord) => ({
    pushId: push.id,
    date: push.at,
    pushedBy: identities.of(push.by),
    refUpdates: [
      {
        repositoryId: record.id,
        name: push.refName,
        oldObjectId: push.oldSha,
        newObjectId: push.newSha,
      },
    ],
    url: `${devops.url()}/_apis/git/repositories/${record.id}/pushes/${
      push.id
    }`,
  });

  locations.add(
    'git',
    'ea98d07b-3c87-4971-8ede-a613694ffb55',
    'pushes',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{pushId}',
    3,
    {
      GET: async ({ params, query }) => {
        const record = repositories.readable(
          params.project,
          params.repositoryId!,
        );
        const own = pushes
          .all()
          .filter(push => push.repositoryId === record.id)
          .reverse();
        if (!params.pushId) {
          const skip = Number(query.get('$skip') ?? 0);
          const top = Number(query.get('$top') ?? 100);
          return list(
            own.slice(skip, skip + top).map(push => wire(record, push)),
          );
        }
        const push = own.find(one => one.id === Number(params.pushId));
        if (!push) {
          throw notFound(
            'GitPushNotFoundException',
            `TF401175: Push ${params.pushId} does not exist.`,
          );
        }
        return wire(record, push);
      },
      POST: async ({ params, body, user }) => {
        const record = repositories.readable(
          params.project,
          params.repositoryId!,
        );
        const repository = repositories.repository(record);
        const [update] = body.refUpdates ?? [];
        if (
          body.refUpdates?.length !== 1 ||
          !update.name?.startsWith('refs/heads/')
        ) {
          throw invalid(
            'refUpdates: exactly one branch (refs/heads/...) can be updated by a push',
          );
        }
        const oldSha = String(update.oldObjectId ?? ZERO);
        const refusal =
          oldSha !== ZERO && policies.pushRefusal(record, update.name, user);
        if (refusal && (await repository.refs()).has(update.name)) {
          throw new DevOpsError(
            403,
            'GitRefUpdateRejectedByPolicyException',
            refusal,
          );
        }
        const newSha = await writePush(devops, repository, {
          refName: update.name,
          oldSha,
          commits: body.commits ?? [],
          user,
        });
        const push = pushes.put({
          id: pushes.nextId(),
          repositoryId: record.id,
          by: user,
          at: clock.now().toISOString(),
          refName: update.name,
          oldSha,
          newSha,
        });
        const commits = await repository.log(newSha, {
          limit: body.commits.length,
        });
        return new Answer(201, {
          ...wire(record, push),
          commits: commits.map(commit => commitWire(devops, record, commit)),
          repository: await repositories.wire(record),
        });
      },
    },
  );
}

async function writePush(
  devops: DevOps,
  repository: GitRepository,
  push: { refName: string; oldSha: string; commits: Json[]; user: string },
): Promise<string> {
  const { refName, oldSha, commits, user } = push;
  if (commits.length === 0) {
    throw invalid('commits: a push needs at least one commit');
  }
  const refs = await repository.refs();
  const exists = refs.has(refName);
  const from = oldSha === ZERO ? undefined : oldSha;
  // Most losers of a race are told here, before any work is done for them.
  if (exists && refs.get(refName) !== oldSha) {
    throw staleReference(new StaleReferenceError(refName, refs.get(refName)));
  }
  if (from && !(await repository.resolve(from))) {
    throw staleReference(new StaleReferenceError(refName, refs.get(refName)));
  }
  // What each commit finds: the base's files, then what the ones before it did.
  const files = new Map(
    from
      ? (await repository.tree(from))
          .filter(entry => entry.type !== 'tree')
          .map(
            (
              entry,
            ): [string, { sha?: string; mode: string; content?: Buffer }] => [
              entry.path,
              entry,
            ],
          )
      : [],
  );
  const written = [];
  for (const commit of commits) {
    const changes: GitChange[] = [];
    for (const change of commit.changes ?? []) {
      changes.push(...(await resolveChange(repository, files, change)));
    }
    const now = devops.clock.now().toISOString();
    const account = { name: user, email: `${user}@example.com`, date: now };
    const person = (given: Json | undefined) =>
      given?.name
        ? {
            name: String(given.name),
            email: String(given.email ?? ''),
            date: given.date ? String(given.date) : now,
          }
        : account;
    const message = String(commit.comment ?? '').trim();
    if (!message) {
      throw invalid('commits[].comment: a commit needs a comment');
    }
    written.push({
      message,
      author: person(commit.author),
      committer: person(commit.committer ?? commit.author),
      changes,
    });
  }
  try {
    return await repository.commit({
      refName,
      // A base for a new branch is not an expectation of where it is.
      expected: exists || !from ? oldSha : ZERO,
      base: from,
      commits: written,
    });
  } catch (error) {
    if (error instanceof StaleReferenceError) {
      throw staleReference(error);
    }
    throw error;
  }
}

async function resolveChange(
  repository: GitRepository,
  files: Map<string, { sha?: string; mode: string; content?: Buffer }>,
  change: Json,
): Promise<GitChange[]> {
  const kind = KINDS[change.changeType] ?? change.changeType;
  const path = pathOf('item.path', change.item?.path);
  const known = files.get(path);
  const mode = (
    known?.mode === '100755' ? '100755' : '100644'
  ) as GitChange['mode'];
  const content =
    change.newContent &&
    Buffer.from(
      String(change.newContent.content ?? ''),
      ['base64encoded', 1].includes(change.newContent.contentType)
        ? 'base64'
        : 'utf8',
    );
  if (kind === 'delete') {
    if (!known) {
      throw missing(path);
    }
    files.delete(path);
    return [{ path }];
  }
  if (kind === 'add' && known) {
    throw new DevOpsError(
      409,
      'GitItemAlreadyExistsException',
      `TF401158: The item '/${path}' exists already: use changeType edit.`,
    );
  }
  if (kind === 'edit' && !known) {
    throw missing(path);
  }
  if (String(kind).startsWith('rename')) {
    const from = pathOf('sourceServerItem', change.sourceServerItem);
    const source = files.get(from);
    if (!source) {
      throw missing(from);
    }
    const kept =
      content ??
      source.content ??
      (await repository.blobs([source.sha!])).get(source.sha!)!;
    files.delete(from);
    files.set(path, { mode: source.mode, content: kept });
    return [
      { path: from },
      { path, content: kept, mode: source.mode as GitChange['mode'] },
    ];
  }
  if (!['add', 'edit'].includes(kind) || !content) {
    throw invalid(
      `changes: changeType "${change.changeType}" of /${path} must be add, edit, rename or delete, and add and edit need newContent`,
    );
  }
  files.set(path, { mode: mode!, content });
  return [{ path, content, mode }];
}

function pathOf(field: string, value: unknown): string {
  const path = String(value ?? '').replace(/^\/+/, '');
  const isBad =
    !path ||
    path.endsWith('/') ||
    path
      .split('/')
      .some(part => ['', '.', '..', '.git'].includes(part.toLowerCase()));
  if (isBad || /[\0\r\n]/.test(path)) {
    throw invalid(`${field}: "${String(value)}" is not a path of a file`);
  }
  return path;
}

function missing(path: string): DevOpsError {
  return notFound(
    'GitItemNotFoundException',
    `TF401174: The item '/${path}' could not be found.`,
  );
}
