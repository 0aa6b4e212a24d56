// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DevOps } from '../DevOps';
import { commitWire } from '../gitWire';
import { guidOf } from '../http/guid';
import { Answer, type Call, list, type Locations } from '../http/Locations';
import type { PullRequestRecord } from '../pulls/model';
import { pullRequestWire } from '../pulls/pullRequestWire';

const STATUS: Record<string, string> = {
  0: 'active',
  1: 'active',
  2: 'abandoned',
  3: 'completed',
  4: 'all',
  notset: 'active',
};

/** Pull requests themselves; what hangs on them is in pullRequestPartRoutes. */
export function addPullRequestRoutes(
  locations: Locations,
  devops: DevOps,
): void {
  const { repositories, pulls } = devops;
  const wire = (pull: PullRequestRecord) => pullRequestWire(devops, pull);
  const wireAll = async (found: PullRequestRecord[]) =>
    list(await Promise.all(found.map(wire)));

  locations.add(
    'git',
    '9946fd70-0d40-406e-b686-b4744cbbcc37',
    'pullRequests',
    '{project}/_apis/{area}/repositories/{repositoryId}/{resource}/{pullRequestId}',
    2,
    {
      GET: async call => {
        const { params } = call;
        if (params.pullRequestId) {
          const { pull } = pullOf(devops, call);
          await pulls.refresh(pull);
          return {
            ...(await wire(pull)),
            workItemRefs: pull.workItems.map(id => ({ id })),
          };
        }
        const record = repositories.readable(
          params.project,
          params.repositoryId!,
        );
        return wireAll(
          search(devops, call, pull => pull.repositoryId === record.id),
        );
      },
      POST: async ({ params, body, user }) => {
        const record = repositories.readable(
          params.project,
          params.repositoryId!,
        );
        return new Answer(
          201,
          await wire(await pulls.create(record, body, user)),
        );
      },
      PATCH: async call => {
        const { pull } = pullOf(devops, call);
        return wire(await pulls.update(pull, call.body, call.user));
      },
    },
  );
  const inProject = {
    GET: async (call: Call) => {
      const { params } = call;
      const project =
        params.project && repositories.project(params.project).name;
      if (params.pullRequestId) {
        const pull = pulls.get(Number(params.pullRequestId));
        await pulls.refresh(pull);
        return wire(pull);
      }
      const wanted = call.query.get('searchCriteria.repositoryId');
      return wireAll(
        search(
          devops,
          call,
          pull =>
            (!project || pull.project === project) &&
            (!wanted || pull.repositoryId === wanted),
        ),
      );
    },
  };
  const path = '{project}/_apis/{area}/{resource}/{pullRequestId}';
  locations.add(
    'git',
    '01a46dea-7d46-4d40-bc84-319e7c260d99',
    'pullRequests',
    path,
    2,
    inProject,
  );
  locations.add(
    'git',
    'a5d28130-9cd2-40fa-9f08-902e7daa9efb',
    'pullRequests',
    path,
    2,
    inProject,
  );

  const part =
    '{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/{resource}';
  locations.add(
    'git',
    '52823034-34a8-4576-922c-8d8b77e9e4c4',
    'commits',
    part,
    1,
    {
      GET: async call => {
        const { pull, record } = pullOf(devops, call);
        const commits = await repositories
          .repository(record)
          .log(pull.sourceCommit ?? pull.source, {
            exclude: pull.targetCommit,
          });
        return list(commits.map(commit => commitWire(devops, record, commit)));
      },
    },
  );
  locations.add(
    'git',
    'd43911ee-6958-46b0-a42b-8445b8a0d004',
    'iterations',
    part,
    2,
    {
      GET: call => {
        const { pull } = pullOf(devops, call);
        return list([
          {
            id: 1,
            description: pull.title,
            author: devops.identities.of(pull.createdBy),
            createdDate: pull.createdAt,
            updatedDate: pull.createdAt,
            sourceRefCommit: { commitId: pull.sourceCommit },
            targetRefCommit: { commitId: pull.targetCommit },
            commonRefCommit: { commitId: pull.targetCommit },
          },
        ]);
      },
    },
  );
  locations.add(
    'git',
    '4216bdcf-b6b1-4d59-8b82-c34cc183fc8b',
    'changes',
    '{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/iterations/{iterationId}/{resource}',
    1,
    {
      GET: async call => {
        const { pull } = pullOf(devops, call);
        const paths = await pulls.changedPaths(pull);
        return {
          changeEntries: paths.map((changed, index) => ({
            changeTrackingId: index + 1,
            changeId: index + 1,
            item: { path: `/${changed}` },
            changeType: 'edit',
          })),
        };
      },
    },
  );
  locations.add(
    'git',
    '0a637fcc-5370-4ce8-b0e8-98091f5f9482',
    'workitems',
    part,
    1,
    {
      GET: call =>
        list(
          pullOf(devops, call).pull.workItems.map(id => ({
            id,
            url: `${devops.url()}/_apis/wit/workItems/${id}`,
          })),
        ),
    },
  );
}

/** The pull request that a path names, in the repository that it names. */
export function pullOf(devops: DevOps, { params }: Call) {
  const record = devops.repositories.readable(
    params.project,
    params.repositoryId!,
  );
  const pull = devops.pulls.get(Number(params.pullRequestId));
  if (pull.repositoryId !== record.id) {
    // As if it did not exist, which in this repository is true.
    devops.pulls.get(-1);
  }
  const url = `${devops.url()}/_apis/git/repositories/${
    record.id
  }/pullRequests/${pull.id}`;
  return { pull, record, url };
}

function search(
  devops: DevOps,
  { query }: Call,
  isIn: (pull: PullRequestRecord) => boolean,
): PullRequestRecord[] {
  const criteria = (name: string) => query.get(`searchCriteria.${name}`);
  const given = (criteria('status') ?? 'active').toLowerCase();
  const status = STATUS[given] ?? given;
  const creator = criteria('creatorId');
  const reviewer = criteria('reviewerId');
  const idOf = (name: string) => devops.identities.of(name).id;
  const label = criteria('labels');
  const skip = Number(query.get('$skip') ?? 0);
  const top = Number(query.get('$top') ?? 101);
  return devops.pulls
    .all()
    .filter(
      pull =>
        isIn(pull) &&
        (status === 'all' || pull.status === status) &&
        matches(criteria('sourceRefName'), pull.source) &&
        matches(criteria('targetRefName'), pull.target) &&
        (!creator || idOf(pull.createdBy) === creator) &&
        (!reviewer ||
          pull.reviewers.some(one => idOf(one.name) === reviewer)) &&
        (!label ||
          pull.labels.some(one =>
            [one, guidOf(`label/${one}`)].includes(label),
          )),
    )
    .reverse()
    .slice(skip, skip + top);
}

function matches(wanted: string | null, actual: string): boolean {
  return !wanted || wanted === actual;
}
