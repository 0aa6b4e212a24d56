// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { guidOf } from '../http/guid';
import type { Identities } from '../state/Identities';
import type { Evaluation, PolicyRecord, PullRequestRecord } from './model';
import { allowsStrategy, isMeant, openThreads, POLICY } from './Policies';

/** The newest build of a pull request's head, as far as policies care. */
export interface PullRequestBuild {
  id: number;
  status: 'notStarted' | 'inProgress' | 'completed';
  result?: string;
}

export interface EvaluationInput {
  pull: PullRequestRecord;
  /** Paths that the pull request changes. */
  paths: string[];
  identities: Identities;
  buildOf(definitionId: number): PullRequestBuild | undefined;
}

/** Whose approval counts for everyone in it: any person is a member. */
export const APPROVERS = guidOf('group/gitops-approvers');

/** What one policy says about a pull request now. */
export function evaluate(
  policy: PolicyRecord,
  input: EvaluationInput,
): Evaluation {
  const { pull, paths } = input;
  const patterns: string[] | undefined = policy.settings.filenamePatterns;
  const say = (status: Evaluation['status'], reason: string): Evaluation => ({
    policy,
    status,
    reason,
  });
  if (patterns?.length && !paths.some(path => isMeant(patterns, path))) {
    return say('notApplicable', 'No changed file is meant by this policy.');
  }
  switch (policy.type) {
    case POLICY.minimumReviewers:
      return minimumReviewers(policy, pull);
    case POLICY.requiredReviewers:
      return requiredReviewers(policy, input);
    case POLICY.build:
      return build(policy, input);
    case POLICY.comments: {
      const open = openThreads(pull);
      return open > 0
        ? say('rejected', `${open} comment thread(s) not resolved`)
        : say('approved', 'All comments are resolved');
    }
    case POLICY.workItems:
      return pull.workItems.length > 0
        ? say('approved', 'Work items are linked')
        : say('rejected', 'No work item is linked');
    case POLICY.mergeTypes: {
      const strategy = strategyOf(pull);
      return !pull.completionOptions.mergeStrategy ||
        allowsStrategy(policy, strategy)
        ? say('approved', 'Merge strategy allowed')
        : say('rejected', `Merge strategy ${strategy} is not allowed`);
    }
    default: {
      const { statusName, statusGenre = '' } = policy.settings;
      const last = pull.statuses.findLast(
        status => status.name === statusName && status.genre === statusGenre,
      );
      if (!last) {
        return say('queued', `Status ${statusName} was not reported yet`);
      }
      return last.state === 'succeeded'
        ? say('approved', `Status ${statusName} succeeded`)
        : say('rejected', `Status ${statusName} is ${last.state}`);
    }
  }
}

/** The strategy with which a pull request will be merged. */
export function strategyOf(pull: PullRequestRecord): string {
  const { mergeStrategy, squashMerge } = pull.completionOptions;
  const numbered: Record<string, string> = {
    1: 'noFastForward',
    2: 'squash',
    3: 'rebase',
    4: 'rebaseMerge',
  };
  return (
    numbered[mergeStrategy] ??
    mergeStrategy ??
    (squashMerge ? 'squash' : 'noFastForward')
  );
}

function minimumReviewers(
  policy: PolicyRecord,
  pull: PullRequestRecord,
): Evaluation {
  const { minimumApproverCount, creatorVoteCounts, allowDownvotes } =
    policy.settings;
  const counted = pull.reviewers.filter(
    reviewer => creatorVoteCounts || reviewer.name !== pull.createdBy,
  );
  const approvals = counted.filter(reviewer => reviewer.vote >= 5).length;
  const against = pull.reviewers.some(reviewer => reviewer.vote < 0);
  if (against && !allowDownvotes) {
    return {
      policy,
      status: 'rejected',
      reason: 'A reviewer voted against it',
    };
  }
  return approvals >= minimumApproverCount
    ? { policy, status: 'approved', reason: `${approvals} approval(s)` }
    : {
        policy,
        status: 'running',
        reason: `${approvals} of ${minimumApproverCount} approval(s)`,
      };
}

function requiredReviewers(
  policy: PolicyRecord,
  { pull, identities }: EvaluationInput,
): Evaluation {
  const ids: string[] = policy.settings.requiredReviewerIds ?? [];
  const approvers = pull.reviewers.filter(
    reviewer =>
      reviewer.vote >= 5 &&
      (policy.settings.creatorVoteCounts || reviewer.name !== pull.createdBy),
  );
  if (pull.reviewers.some(reviewer => reviewer.vote < 0)) {
    return {
      policy,
      status: 'rejected',
      reason: 'A reviewer voted against it',
    };
  }
  const missing = ids.filter(
    id =>
      !(id === APPROVERS
        ? approvers.length > 0
        : approvers.some(approver => identities.of(approver.name).id === id)),
  );
  return missing.length === 0
    ? { policy, status: 'approved', reason: 'All required reviewers approved' }
    : {
        policy,
        status: 'running',
        reason: 'A required reviewer has not approved yet',
      };
}

function build(policy: PolicyRecord, { buildOf }: EvaluationInput): Evaluation {
  const run = buildOf(policy.settings.buildDefinitionId);
  if (!run) {
    return { policy, status: 'queued', reason: 'The build was not queued yet' };
  }
  const context = {
    buildId: run.id,
    buildDefinitionId: policy.settings.buildDefinitionId,
    isExpired: false,
  };
  if (run.status !== 'completed') {
    return {
      policy,
      status: 'running',
      reason: `Build ${run.id} runs`,
      context,
    };
  }
  return run.result === 'succeeded'
    ? {
        policy,
        status: 'approved',
        reason: `Build ${run.id} succeeded`,
        context,
      }
    : {
        policy,
        status: 'rejected',
        reason: `Build ${run.id} ${run.result}`,
        context,
      };
}
