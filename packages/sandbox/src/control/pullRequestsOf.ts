// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { OpenPullRequest, PullRequests } from './ControlServer';

const HEADERS = {
  authorization: `Basic ${Buffer.from(':sandbox-pat').toString('base64')}`,
  'content-type': 'application/json',
  accept: 'application/json;api-version=7.1',
};

interface RestPullRequest {
  pullRequestId: number;
  title: string;
  creationDate: string;
  sourceRefName: string;
  mergeStatus?: string;
  createdBy: { displayName: string; id: string };
  lastMergeSourceCommit: { commitId: string };
}

/**
 * Open pull requests of the GitOps repository, through the REST API that any
 * person's browser would use: approve, then complete.
 */
export function pullRequestsOf(organisationUrl: string): PullRequests {
  const base = `${organisationUrl}/platform/_apis/git/repositories/gitops/pullrequests`;
  const ask = async <T>(
    method: string,
    url: string,
    body?: object,
  ): Promise<T> => {
    const response = await fetch(url, {
      method,
      headers: HEADERS,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const answer = (await response.json().catch(() => ({}))) as T & {
      message?: string;
    };
    if (!response.ok) {
      throw new Error(
        answer.message ?? `Azure DevOps answered ${response.status}`,
      );
    }
    return answer;
  };
  return {
    async listOpen(): Promise<OpenPullRequest[]> {
      const { value } = await ask<{ value: RestPullRequest[] }>(
        'GET',
        `${base}?searchCriteria.status=active&$top=100`,
      );
      return value.map(pull => ({
        id: pull.pullRequestId,
        title: pull.title,
        author: pull.createdBy.displayName,
        createdAt: pull.creationDate,
        url: `${organisationUrl}/platform/_git/gitops/pullrequest/${pull.pullRequestId}`,
        sourceBranch: pull.sourceRefName.replace('refs/heads/', ''),
        canComplete: pull.mergeStatus !== 'conflicts',
      }));
    },
    async complete(id) {
      const pull = await ask<RestPullRequest>('GET', `${base}/${id}`);
      await ask('PUT', `${base}/${id}/reviewers/reviewer-platform-a`, {
        vote: 10,
      });
      await ask('PATCH', `${base}/${id}`, {
        status: 'completed',
        lastMergeSourceCommit: pull.lastMergeSourceCommit,
        completionOptions: {
          mergeStrategy: 'squash',
          deleteSourceBranch: true,
        },
      });
    },
  };
}
