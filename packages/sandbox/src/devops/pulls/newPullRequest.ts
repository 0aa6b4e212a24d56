// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { invalid } from '../http/DevOpsError';
import type { Json } from '../http/Locations';
import type { Identities } from '../state/Identities';
import type { RepositoryRecord } from '../state/Repositories';
import type { PullRequestRecord, Reviewer } from './model';

const LONGEST_DESCRIPTION = 4000;

/** What a client asked for, as a record. @throws DevOpsError 400 */
export function newPullRequest(
  repository: RepositoryRecord,
  input: Json,
  by: { id: number; user: string; at: string; identities: Identities },
): PullRequestRecord {
  const { identities } = by;
  if (!input.title?.trim()) {
    throw invalid('title: a pull request needs a title');
  }
  checkDescription(input.description);
  return {
    id: by.id,
    project: repository.project,
    repository: repository.repository,
    repositoryId: repository.id,
    title: String(input.title),
    description: String(input.description ?? ''),
    status: 'active',
    isDraft: input.isDraft === true,
    createdBy: by.user,
    createdAt: by.at,
    source: branchName('sourceRefName', input.sourceRefName),
    target: branchName('targetRefName', input.targetRefName),
    mergeStatus: 'queued',
    conflicts: [],
    reviewers: (input.reviewers ?? []).map(
      (reviewer: Json): Reviewer => ({
        name: identities.nameOf(String(reviewer.id)),
        vote: 0,
        isRequired: reviewer.isRequired === true,
      }),
    ),
    labels: (input.labels ?? []).map((label: Json) => String(label.name)),
    workItems: (input.workItemRefs ?? []).map((item: Json) => String(item.id)),
    completionOptions: input.completionOptions ?? {},
    autoCompleteSetBy: input.autoCompleteSetBy?.id
      ? identities.nameOf(String(input.autoCompleteSetBy.id))
      : undefined,
    threads: [],
    statuses: [],
  };
}

export function checkDescription(description: unknown): void {
  if (String(description ?? '').length > LONGEST_DESCRIPTION) {
    throw invalid(
      `description: at most ${LONGEST_DESCRIPTION} characters, shorten it`,
    );
  }
}

/** @throws DevOpsError 400 when it is not the full name of a branch */
export function branchName(field: string, value: unknown): string {
  const name = String(value ?? '');
  if (!name.startsWith('refs/heads/') || name === 'refs/heads/') {
    throw invalid(
      `${field}: "${name}" must be a full branch name such as refs/heads/main`,
    );
  }
  return name;
}
