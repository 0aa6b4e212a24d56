// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DevOps } from '../DevOps';
import { invalid, notFound } from '../http/DevOpsError';
import { guidOf } from '../http/guid';
import {
  Answer,
  type Call,
  type Json,
  list,
  type Locations,
} from '../http/Locations';
import type { PullRequestStatus, Thread } from '../pulls/model';
import { labelWire, reviewerWire, threadWire } from '../pulls/pullRequestWire';
import { pullOf } from './pullRequestRoutes';

const PART =
  '{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/{resource}';
const THREAD_STATUS = [
  'unknown',
  'active',
  'fixed',
  'wontFix',
  'closed',
  'byDesign',
  'pending',
];
const STATES = [
  'notSet',
  'pending',
  'succeeded',
  'failed',
  'error',
  'notApplicable',
];

/** Reviewers, labels, comment threads and statuses of pull requests. */
export function addPullRequestPartRoutes(
  locations: Locations,
  devops: DevOps,
): void {
  const { pulls, identities } = devops;

  const setReviewer = (call: Call) => {
    const { pull, url } = pullOf(devops, call);
    const { reviewerId } = call.params;
    const given: Json[] = reviewerId
      ? [{ ...call.body, id: reviewerId }]
      : [call.body].flat();
    const reviewers = given.map(one =>
      pulls.vote(
        pull,
        identities.nameOf(String(one.id)),
        Number(
          one.vote ??
            pull.reviewers.find(
              known => identities.of(known.name).id === one.id,
            )?.vote ??
            0,
        ),
        one.isRequired === true,
      ),
    );
    const wired = reviewers.map(one => reviewerWire(devops, url, one));
    return reviewerId ? wired[0] : list(wired);
  };
  locations.add(
    'git',
    '4b6702c7-aa35-4b89-9c96-b9abf6d3e540',
    'reviewers',
    `${PART}/{reviewerId}`,
    1,
    {
      GET: call => {
        const { pull, url } = pullOf(devops, call);
        const wired = pull.reviewers.map(one => reviewerWire(devops, url, one));
        return call.params.reviewerId
          ? wired.find(one => one.id === call.params.reviewerId) ??
              new Answer(404)
          : list(wired);
      },
      PUT: setReviewer,
      PATCH: setReviewer,
      POST: setReviewer,
      DELETE: call => {
        const { pull } = pullOf(devops, call);
        pull.reviewers = pull.reviewers.filter(
          one => identities.of(one.name).id !== call.params.reviewerId,
        );
        pulls.save(pull);
        return new Answer(204);
      },
    },
  );

  locations.add(
    'git',
    'f22387e3-984e-4c52-9c6d-fbb8f14c812d',
    'labels',
    `${PART}/{labelIdOrName}`,
    1,
    {
      GET: call => {
        const { pull, url } = pullOf(devops, call);
        return list(pull.labels.map(name => labelWire(url, name)));
      },
      POST: call => {
        const { pull, url } = pullOf(devops, call);
        const name = String(call.body.name ?? '').trim();
        if (!name) {
          throw invalid('name: a label needs a name');
        }
        pull.labels = [...new Set([...pull.labels, name])];
        pulls.save(pull);
        return labelWire(url, name);
      },
      DELETE: call => {
        const { pull } = pullOf(devops, call);
        const wanted = call.params.labelIdOrName;
        pull.labels = pull.labels.filter(
          name => ![name, guidOf(`label/${name}`)].includes(wanted!),
        );
        pulls.save(pull);
        return new Answer(204);
      },
    },
  );

  const threadOf = (call: Call) => {
    const { pull } = pullOf(devops, call);
    const thread = pull.threads.find(
      one => one.id === Number(call.params.threadId),
    );
    if (!thread) {
      throw notFound(
        'GitPullRequestCommentThreadNotFoundException',
        `The comment thread ${call.params.threadId} does not exist.`,
      );
    }
    return { pull, thread };
  };
  const comment = (thread: Thread, call: Call, input: Json) => {
    thread.comments.push({
      id: thread.comments.length + 1,
      author: call.user,
      content: String(input.content ?? ''),
      at: devops.clock.now().toISOString(),
    });
  };
  locations.add(
    'git',
    'ab6e2e5d-a0b7-4153-b64a-a4efe0d49449',
    'threads',
    `${PART}/{threadId}`,
    1,
    {
      GET: call =>
        call.params.threadId
          ? threadWire(devops, threadOf(call).thread)
          : list(
              pullOf(devops, call).pull.threads.map(one =>
                threadWire(devops, one),
              ),
            ),
      POST: call => {
        const { pull } = pullOf(devops, call);
        const thread: Thread = {
          id: pull.threads.length + 1,
          status: oneOf(THREAD_STATUS, call.body.status, 'active'),
          comments: [],
          context: call.body.threadContext,
        };
        for (const input of call.body.comments ?? []) {
          comment(thread, call, input);
        }
        pull.threads.push(thread);
        pulls.save(pull);
        return threadWire(devops, thread);
      },
      PATCH: call => {
        const { pull, thread } = threadOf(call);
        thread.status = oneOf(THREAD_STATUS, call.body.status, thread.status);
        pulls.save(pull);
        return threadWire(devops, thread);
      },
    },
  );
  locations.add(
    'git',
    '965a3ec7-5ed8-455a-bdcb-835a5ea7fe7b',
    'comments',
    '{project}/_apis/{area}/repositories/{repositoryId}/pullRequests/{pullRequestId}/threads/{threadId}/{resource}',
    1,
    {
      POST: call => {
        const { pull, thread } = threadOf(call);
        comment(thread, call, call.body);
        pulls.save(pull);
        return threadWire(devops, thread).comments.at(-1);
      },
    },
  );

  const statusWire = (status: PullRequestStatus) => ({
    id: status.id,
    state: status.state,
    description: status.description,
    context: { genre: status.genre, name: status.name },
    targetUrl: status.targetUrl,
    createdBy: identities.of(status.by),
    creationDate: status.at,
  });
  locations.add(
    'git',
    'b5f6bb4f-8d1e-4d79-8d11-4c9172c99c35',
    'statuses',
    `${PART}/{statusId}`,
    2,
    {
      GET: call => list(pullOf(devops, call).pull.statuses.map(statusWire)),
      POST: call => {
        const { pull } = pullOf(devops, call);
        const { body } = call;
        if (!body.context?.name) {
          throw invalid('context.name: a status needs a name');
        }
        const status: PullRequestStatus = {
          id: pull.statuses.length + 1,
          state: oneOf(STATES, body.state, 'notSet'),
          description: String(body.description ?? ''),
          genre: String(body.context.genre ?? ''),
          name: String(body.context.name),
          targetUrl: body.targetUrl,
          by: call.user,
          at: devops.clock.now().toISOString(),
        };
        pull.statuses.push(status);
        pulls.save(pull);
        return statusWire(status);
      },
    },
  );
}

/** Enums come as names or as numbers. */
function oneOf(names: string[], given: unknown, otherwise: string): string {
  if (typeof given === 'number') {
    return names[given] ?? otherwise;
  }
  return names.find(name => name === given) ?? otherwise;
}
