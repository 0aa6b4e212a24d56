// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { guidOf } from '../http/guid';
import type { Json } from '../http/Locations';
import type { Identities } from '../state/Identities';
import type { Repositories } from '../state/Repositories';
import type { Evaluation, PullRequestRecord, Reviewer, Thread } from './model';
import type { Policies } from './Policies';
import { strategyOf } from './evaluate';

export interface WireContext {
  repositories: Repositories;
  identities: Identities;
  policies: Policies;
  /** Address of the organisation. */
  url(): string;
}

/** Shape of GitPullRequest on the wire. */
export async function pullRequestWire(
  context: WireContext,
  pull: PullRequestRecord,
): Promise<Json> {
  const { identities, repositories } = context;
  const record = repositories.byRef(pull);
  const project = repositories.project(pull.project);
  const base = `${context.url()}/${project.id}/_apis/git/repositories/${
    record.id
  }`;
  const url = `${base}/pullRequests/${pull.id}`;
  const commit = (sha: string | undefined) =>
    sha && { commitId: sha, url: `${base}/commits/${sha}` };
  return {
    repository: await repositories.wire(record),
    pullRequestId: pull.id,
    codeReviewId: pull.id,
    status: pull.status,
    createdBy: identities.of(pull.createdBy),
    creationDate: pull.createdAt,
    ...(pull.closedAt
      ? {
          closedDate: pull.closedAt,
          closedBy: identities.of(pull.closedBy ?? pull.createdBy),
        }
      : {}),
    title: pull.title,
    description: pull.description,
    sourceRefName: pull.source,
    targetRefName: pull.target,
    mergeStatus: pull.mergeStatus,
    isDraft: pull.isDraft,
    mergeId: guidOf(
      `merge/${pull.id}/${pull.sourceCommit}/${pull.targetCommit}`,
    ),
    lastMergeSourceCommit: commit(pull.sourceCommit),
    lastMergeTargetCommit: commit(pull.targetCommit),
    lastMergeCommit: commit(pull.mergeCommit),
    reviewers: pull.reviewers.map(reviewer =>
      reviewerWire(context, url, reviewer),
    ),
    labels: pull.labels.map(name => labelWire(url, name)),
    url,
    completionOptions: {
      ...pull.completionOptions,
      mergeStrategy: strategyOf(pull),
    },
    ...(pull.autoCompleteSetBy
      ? { autoCompleteSetBy: identities.of(pull.autoCompleteSetBy) }
      : {}),
    supportsIterations: true,
    artifactId: `vstfs:///Git/PullRequestId/${project.id}%2f${record.id}%2f${pull.id}`,
    _links: {
      self: { href: url },
      web: { href: pullRequestWebUrl(context, pull) },
    },
  };
}

/** Where a person finds a pull request. */
export function pullRequestWebUrl(
  context: Pick<WireContext, 'repositories'>,
  pull: PullRequestRecord,
): string {
  return `${context.repositories.webUrl(pull)}/pullrequest/${pull.id}`;
}

export function reviewerWire(
  { identities }: WireContext,
  pullUrl: string,
  reviewer: Reviewer,
): Json {
  const identity = identities.of(reviewer.name);
  return {
    ...identity,
    reviewerUrl: `${pullUrl}/reviewers/${identity.id}`,
    vote: reviewer.vote,
    hasDeclined: false,
    isRequired: reviewer.isRequired,
    isFlagged: false,
  };
}

export function labelWire(pullUrl: string, name: string): Json {
  const id = guidOf(`label/${name}`);
  return { id, name, active: true, url: `${pullUrl}/labels/${id}` };
}

export function threadWire({ identities }: WireContext, thread: Thread): Json {
  const [first] = thread.comments;
  return {
    id: thread.id,
    status: thread.status,
    publishedDate: first?.at,
    lastUpdatedDate: thread.comments.at(-1)?.at,
    comments: thread.comments.map(comment => ({
      id: comment.id,
      parentCommentId: 0,
      author: identities.of(comment.author),
      content: comment.content,
      publishedDate: comment.at,
      commentType: 'text',
    })),
    threadContext: thread.context ?? null,
    isDeleted: false,
  };
}

export function evaluationWire(
  { policies, repositories }: WireContext,
  pull: PullRequestRecord,
  evaluation: Evaluation,
): Json {
  const project = repositories.project(pull.project);
  return {
    evaluationId: guidOf(`evaluation/${pull.id}/${evaluation.policy.id}`),
    artifactId: `vstfs:///CodeReview/CodeReviewId/${project.id}/${pull.id}`,
    configuration: policies.wire(evaluation.policy),
    status: evaluation.status,
    startedDate: pull.createdAt,
    ...(evaluation.status === 'approved'
      ? { completedDate: pull.createdAt }
      : {}),
    context: { ...evaluation.context, reason: evaluation.reason },
  };
}
