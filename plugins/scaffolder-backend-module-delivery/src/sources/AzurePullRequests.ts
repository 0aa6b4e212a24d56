// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AzureRepository } from './AzureRepository';

/** A pull request, as far as it is used. */
export interface PullRequest {
  pullRequestId: number;
  status: 'active' | 'completed' | 'abandoned';
  title: string;
  description?: string;
  sourceRefName: string;
  targetRefName: string;
  creationDate: string;
  autoCompleteSetBy?: { id: string };
}

/** Pull requests of one repository (REST reference, Git pull requests, 7.1). */
export class AzurePullRequests {
  readonly #repository: AzureRepository;
  readonly #path: string;

  private constructor(repository: AzureRepository) {
    this.#repository = repository;
    const { project, repository: name } = repository.parts;
    this.#path = `${encodeURIComponent(
      project,
    )}/_apis/git/repositories/${encodeURIComponent(name)}/pullrequests`;
  }

  static of(repository: AzureRepository): AzurePullRequests {
    return new AzurePullRequests(repository);
  }

  /** The newest one between two branches. */
  async findNewest(
    source: string,
    target: string,
    status: 'active' | 'completed' | 'all',
  ): Promise<PullRequest | undefined> {
    const found = await this.#repository.client.list<PullRequest>({
      path: this.#path,
      query: {
        'searchCriteria.sourceRefName': `refs/heads/${source}`,
        'searchCriteria.targetRefName': `refs/heads/${target}`,
        'searchCriteria.status': status,
      },
    });
    return found.sort((a, b) => b.pullRequestId - a.pullRequestId)[0];
  }

  /** @throws AzureDevOpsError 409 when one is active between the two branches */
  create(input: {
    source: string;
    target: string;
    title: string;
    description: string;
    labels: string[];
  }): Promise<PullRequest> {
    return this.#repository.client.send({
      method: 'POST',
      path: this.#path,
      body: {
        sourceRefName: `refs/heads/${input.source}`,
        targetRefName: `refs/heads/${input.target}`,
        title: input.title,
        description: input.description,
        labels: input.labels.map(name => ({ name })),
      },
    });
  }

  /** Lets it complete by itself as soon as all policies agree. */
  async autoComplete(id: number, mergeMessage: string): Promise<PullRequest> {
    const { client } = this.#repository;
    const { authenticatedUser } = await client.send<{
      authenticatedUser: { id: string };
    }>({ path: '_apis/connectionData', apiVersion: '7.1-preview.1' });
    return this.#update(id, {
      autoCompleteSetBy: { id: authenticatedUser.id },
      completionOptions: {
        mergeStrategy: 'squash',
        mergeCommitMessage: mergeMessage,
        deleteSourceBranch: true,
      },
    });
  }

  abandon(id: number): Promise<PullRequest> {
    return this.#update(id, { status: 'abandoned' });
  }

  /** Its page. */
  urlOf(id: number): string {
    return `${this.#repository.url}/pullrequest/${id}`;
  }

  #update(id: number, body: object): Promise<PullRequest> {
    return this.#repository.client.send({
      method: 'PATCH',
      path: `${this.#path}/${id}`,
      body,
    });
  }
}
