// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { DeploymentCommit } from '@fairway/plugin-flux-common';
import { z } from 'zod';
import type { AzureDevOpsClient } from './AzureDevOpsClient';
import type { GitOpsSource } from './GitOpsSource';
import type { HostHealth } from './HostHealth';
import type { AzureRepository } from './parseAzureRepositoryUrl';
import { SourceError } from './SourceError';

const MOST_CHANGES = 2_000;
const MAX_SUBJECT = 250;
const MAX_AUTHOR = 120;

const commits = z.object({
  value: z.array(
    z.object({
      commitId: z.string(),
      comment: z.string().optional(),
      author: z
        .object({ name: z.string().optional(), date: z.string().optional() })
        .optional(),
      committer: z.object({ date: z.string().optional() }).optional(),
      remoteUrl: z.string().optional(),
    }),
  ),
});

const diff = z.object({
  allChangesIncluded: z.boolean().optional(),
  changes: z
    .array(
      z.object({
        item: z.object({
          path: z.string().optional(),
          isFolder: z.boolean().optional(),
        }),
        sourceServerItem: z.string().nullish(),
      }),
    )
    .optional(),
});

const item = z.object({ content: z.string().optional() });

function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new SourceError(
      'unexpected',
      `Azure DevOps answered ${what} in a form that is not understood: ${z.prettifyError(
        result.error,
      )}`,
    );
  }
  return result.data;
}

function bare(path: string): string {
  return path.replace(/^\/+/, '');
}

/** A GitOps repository in Azure Repos. */
export class AzureDevOpsGitSource implements GitOpsSource {
  readonly #client: AzureDevOpsClient;
  readonly #health: HostHealth;
  readonly #api: string;
  readonly #web: string;

  private constructor(
    client: AzureDevOpsClient,
    health: HostHealth,
    api: string,
    web: string,
  ) {
    this.#client = client;
    this.#health = health;
    this.#api = api;
    this.#web = web;
  }

  static create(options: {
    client: AzureDevOpsClient;
    health: HostHealth;
    repository: AzureRepository;
  }): AzureDevOpsGitSource {
    const { baseUrl } = options.repository;
    const project = encodeURIComponent(options.repository.project);
    const repository = encodeURIComponent(options.repository.repository);
    return new AzureDevOpsGitSource(
      options.client,
      options.health,
      `${project}/_apis/git/repositories/${repository}`,
      `${baseUrl}/${project}/_git/${repository}`,
    );
  }

  async newestCommit(options: {
    path: string;
    at: string;
    until?: string;
  }): Promise<DeploymentCommit | undefined> {
    const answer = await this.#client.get(`${this.#api}/commits`, {
      'searchCriteria.itemPath': `/${bare(options.path)}`,
      'searchCriteria.itemVersion.version': options.at,
      'searchCriteria.itemVersion.versionType': 'commit',
      ...(options.until ? { 'searchCriteria.toDate': options.until } : {}),
      'searchCriteria.$top': 1,
    });
    const [commit] = answer ? read(commits, answer, 'commits').value : [];
    if (!commit) {
      return undefined;
    }
    const date = commit.committer?.date ?? commit.author?.date;
    return {
      sha: commit.commitId,
      subject: oneLine((commit.comment ?? '').split('\n')[0]).slice(
        0,
        MAX_SUBJECT,
      ),
      author: oneLine(commit.author?.name ?? '').slice(0, MAX_AUTHOR),
      date: new Date(date ?? 0).toISOString(),
      url: `${this.#web}/commit/${commit.commitId}`,
    };
  }

  async changedPaths(options: {
    from: string;
    to: string;
  }): Promise<string[] | 'everything'> {
    const answer = await this.#client.get(`${this.#api}/diffs/commits`, {
      baseVersion: options.from,
      baseVersionType: 'commit',
      targetVersion: options.to,
      targetVersionType: 'commit',
      // Between the two as they are: a rollback goes to an ancestor.
      diffCommonCommit: 'false',
      $top: MOST_CHANGES,
    });
    if (!answer) {
      return 'everything';
    }
    const { allChangesIncluded, changes = [] } = read(diff, answer, 'a diff');
    if (allChangesIncluded === false || changes.length >= MOST_CHANGES) {
      return 'everything';
    }
    return changes
      .filter(change => !change.item.isFolder)
      .flatMap(change => [change.item.path, change.sourceServerItem])
      .filter(path => typeof path === 'string')
      .map(bare);
  }

  async readFile(options: {
    path: string;
    at: string;
  }): Promise<string | undefined> {
    const answer = await this.#client.get(`${this.#api}/items`, {
      path: `/${bare(options.path)}`,
      'versionDescriptor.version': options.at,
      'versionDescriptor.versionType': 'commit',
      includeContent: 'true',
    });
    return answer ? read(item, answer, 'a file').content : undefined;
  }

  status(): SourceStatus | undefined {
    return this.#health.status();
  }
}

/**
 * What people wrote, on one line and without what would move a cursor (Cc) or
 * turn the text around (the embeddings and isolates among Cf).
 */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}
