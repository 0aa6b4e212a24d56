// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DevOps } from '../DevOps';
import { notFound } from '../http/DevOpsError';
import type { Evaluation, PullRequestRecord } from '../pulls/model';
import type { RepositoryRecord } from '../state/Repositories';
import { type Html, html, moment, page } from './html';
import { trail } from './repositoryPages';

const VOTES: Record<number, string> = {
  10: 'approved',
  5: 'approved with suggestions',
  0: 'no vote',
  [-5]: 'waits for the author',
  [-10]: 'rejected',
};

const EVALUATIONS: Record<Evaluation['status'], string> = {
  approved: 'met',
  rejected: 'not met',
  running: 'waiting',
  queued: 'waiting',
  notApplicable: 'does not apply',
};

export function pullRequestsPage(
  devops: DevOps,
  record: RepositoryRecord,
): string {
  const web = devops.repositories.webUrl(record);
  const own = devops.pulls
    .all()
    .filter(pull => pull.repositoryId === record.id)
    .reverse();
  return page(
    `Pull requests of ${record.repository}`,
    trail(devops, record),
    own.length === 0
      ? html`<p>There is no pull request.</p>`
      : html`<ul>
          ${own.map(
            pull =>
              html`<li>
                <a href="${web}/pullrequest/${pull.id}"
                  >${pull.id}: ${pull.title}</a
                >, ${pull.status}
              </li>`,
          )}
        </ul>`,
  );
}

/** A pull request, with the buttons that a person needs. */
export async function pullRequestPage(
  devops: DevOps,
  record: RepositoryRecord,
  id: number,
): Promise<string> {
  const pull = devops.pulls.get(id);
  if (pull.repositoryId !== record.id) {
    throw notFound(
      'GitPullRequestNotFoundException',
      'TF401180: The requested pull request was not found.',
    );
  }
  await devops.pulls.refresh(pull);
  const evaluations = await devops.pulls.evaluations(pull);
  const paths = await devops.pulls.changedPaths(pull);
  return page(
    `${pull.id}: ${pull.title}`,
    trail(devops, record),
    html`<p>
        <strong>${pull.status}</strong>, ${pull.createdBy} wants to merge
        <code>${short(pull.source)}</code> into
        <code>${short(pull.target)}</code>, ${moment(pull.createdAt)}
      </p>
      ${pull.description
        ? html`<pre tabindex="0">${pull.description}</pre>`
        : ''}
      ${pull.status === 'active' ? buttons(devops, pull) : closed(devops, pull)}
      ${pull.conflicts.length > 0 && pull.status === 'active'
        ? html`<p>Merge conflicts: ${pull.conflicts.join(', ')}</p>`
        : ''}
      <h2>Policies</h2>
      ${pull.status !== 'active' || evaluations.length === 0
        ? html`<p>No policy waits.</p>`
        : html`<ul>
            ${evaluations.map(
              one =>
                html`<li>
                  ${devops.policies.title(one.policy)}:
                  ${EVALUATIONS[one.status]}
                  <span class="quiet">${one.reason}</span>
                </li>`,
            )}
          </ul>`}
      <h2>Reviewers</h2>
      ${pull.reviewers.length === 0
        ? html`<p>Nobody voted yet.</p>`
        : html`<ul>
            ${pull.reviewers.map(
              one => html`<li>${one.name}: ${VOTES[one.vote]}</li>`,
            )}
          </ul>`}
      <h2>Changed files</h2>
      <ul>
        ${paths.map(path => html`<li><code>${path}</code></li>`)}
      </ul>`,
  );
}

function buttons(devops: DevOps, pull: PullRequestRecord): Html {
  const url = `${devops.repositories.webUrl(pull)}/pullrequest/${pull.id}`;
  const button = (action: string, title: string) =>
    html`<form method="post" action="${url}/${action}">
      <button type="submit">${title}</button>
    </form>`;
  return html`<div>
    ${button('approve', 'Approve')} ${button('complete', 'Complete')}
    ${button('reject', 'Reject')}
  </div>`;
}

function closed(devops: DevOps, pull: PullRequestRecord): Html {
  const web = devops.repositories.webUrl(pull);
  return html`<p>
    ${pull.status} by ${pull.closedBy}, ${moment(pull.closedAt)}
    ${pull.status === 'completed' && pull.mergeCommit
      ? html`as
          <a href="${web}/commit/${pull.mergeCommit}"
            >${pull.mergeCommit.slice(0, 8)}</a
          >`
      : ''}
  </p>`;
}

function short(ref: string): string {
  return ref.replace('refs/heads/', '');
}
