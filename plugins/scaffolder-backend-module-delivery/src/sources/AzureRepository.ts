// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AzureDevOpsClient } from './AzureDevOpsClient';
import { AzureDevOpsError } from './AzureDevOpsError';
import { type RepositoryUrl, repositoryUrlOf } from './RepositoryUrl';

/** No commit: the base of a branch that does not exist. */
const ZERO = '0'.repeat(40);

/** What Azure DevOps says about a repository, as far as it is used. */
export interface RepositoryRecord {
  id: string;
  name: string;
  webUrl?: string;
  project: { id: string; name: string };
}

/** Files of one commit to write, by path from the root without a leading slash. */
export interface PushInput {
  branch: string;
  /** The commit that the branch is at; undefined when the branch must not exist. */
  expected: string | undefined;
  /** Where a branch that does not exist begins. */
  base?: string;
  comment: string;
  author?: { name: string; email: string };
  changes: Array<{ path: string; content: Buffer; exists: boolean }>;
}

/** Azure DevOps takes at most this much in one push (REST reference, Git pushes; 25 MiB). */
const LARGEST_PUSH = 26_214_400;

/** One repository of Azure Repos over REST (Git reference, api-version 7.1). */
export class AzureRepository {
  readonly client: AzureDevOpsClient;
  readonly parts: RepositoryUrl;
  readonly #path: string;

  private constructor(client: AzureDevOpsClient, parts: RepositoryUrl) {
    this.client = client;
    this.parts = parts;
    this.#path = `${encodeURIComponent(
      parts.project,
    )}/_apis/git/repositories/${encodeURIComponent(parts.repository)}`;
  }

  static create(
    client: AzureDevOpsClient,
    parts: RepositoryUrl,
  ): AzureRepository {
    return new AzureRepository(client, parts);
  }

  /** Its page, which is also what `git clone` takes. */
  get url(): string {
    return repositoryUrlOf(this.parts);
  }

  find(): Promise<RepositoryRecord | undefined> {
    return this.client.find({ path: this.#path });
  }

  /** @throws AzureDevOpsError 409 when it exists */
  create(): Promise<RepositoryRecord> {
    const { project, repository } = this.parts;
    return this.client.send({
      method: 'POST',
      path: `${encodeURIComponent(project)}/_apis/git/repositories`,
      body: { name: repository },
    });
  }

  async delete(id: string): Promise<void> {
    await this.client.find({
      method: 'DELETE',
      path: `${encodeURIComponent(
        this.parts.project,
      )}/_apis/git/repositories/${id}`,
    });
  }

  /** The commit that a branch is at. */
  async head(branch: string): Promise<string | undefined> {
    const refs = await this.client.list<{ name: string; objectId: string }>({
      path: `${this.#path}/refs`,
      query: { filter: `heads/${branch}` },
    });
    // The filter is a prefix.
    return refs.find(ref => ref.name === `refs/heads/${branch}`)?.objectId;
  }

  /** Blob ids of a commit's files below a folder, by path from the root; empty when it has no such folder. */
  async tree(commit: string, folder = '/'): Promise<Map<string, string>> {
    const answer = await this.client.find<{
      value: Array<{ path: string; objectId: string; gitObjectType: string }>;
    }>({
      path: `${this.#path}/items`,
      query: {
        scopePath: folder,
        recursionLevel: 'full',
        'versionDescriptor.versionType': 'commit',
        'versionDescriptor.version': commit,
      },
    });
    const blobs = (answer?.value ?? []).filter(
      item => item.gitObjectType === 'blob',
    );
    return new Map(
      blobs.map(item => [item.path.replace(/^\/+/, ''), item.objectId]),
    );
  }

  /** Text of one file of a commit. */
  async text(commit: string, path: string): Promise<string | undefined> {
    const item = await this.client.find<{ content?: string }>({
      path: `${this.#path}/items`,
      query: {
        path: `/${path}`,
        includeContent: 'true',
        $format: 'json',
        'versionDescriptor.versionType': 'commit',
        'versionDescriptor.version': commit,
      },
    });
    return item && (item.content ?? '');
  }

  /**
   * Message of the first commit of a branch, with how many follow it.
   * A list shortens messages, so the commit is read on its own.
   */
  async origin(
    branch: string,
  ): Promise<{ message: string; later: number } | undefined> {
    const PAGE = 1000;
    let oldest: string | undefined;
    let count = 0;
    for (;;) {
      const page = await this.client.list<{ commitId: string }>({
        path: `${this.#path}/commits`,
        query: {
          'searchCriteria.itemVersion.versionType': 'branch',
          'searchCriteria.itemVersion.version': branch,
          'searchCriteria.$skip': count,
          'searchCriteria.$top': PAGE,
        },
      });
      count += page.length;
      oldest = page.at(-1)?.commitId ?? oldest;
      if (page.length < PAGE) {
        break;
      }
    }
    return oldest
      ? { message: await this.message(oldest), later: count - 1 }
      : undefined;
  }

  /** A commit's whole message. */
  async message(commit: string): Promise<string> {
    const { comment } = await this.client.send<{ comment: string }>({
      path: `${this.#path}/commits/${commit}`,
    });
    return comment;
  }

  /**
   * Writes one commit; the server moves the branch only if it is where the caller
   * thinks it is.
   *
   * @returns the new commit
   * @throws AzureDevOpsError 409 when the branch is elsewhere
   */
  async push(input: PushInput): Promise<string> {
    const body = {
      refUpdates: [
        {
          name: `refs/heads/${input.branch}`,
          oldObjectId: input.expected ?? input.base ?? ZERO,
        },
      ],
      commits: [
        {
          comment: input.comment,
          ...(input.author ? { author: input.author } : {}),
          changes: input.changes.map(({ path, content, exists }) => ({
            changeType: exists ? 'edit' : 'add',
            item: { path: `/${path}` },
            newContent: {
              content: content.toString('base64'),
              contentType: 'base64encoded',
            },
          })),
        },
      ],
    };
    const size = Buffer.byteLength(JSON.stringify(body));
    if (size > LARGEST_PUSH) {
      throw new AzureDevOpsError(
        `The files for ${this.url} are ${size} bytes in one push; Azure DevOps takes at most ${LARGEST_PUSH}. Make the template's files smaller.`,
        { status: 413 },
      );
    }
    const pushed = await this.client.send<{
      commits?: Array<{ commitId: string }>;
      refUpdates?: Array<{ newObjectId: string }>;
    }>({ method: 'POST', path: `${this.#path}/pushes`, body });
    return (
      pushed.refUpdates?.[0]?.newObjectId ?? pushed.commits?.[0]?.commitId ?? ''
    );
  }

  /** @returns false when the branch was not where it was thought to be */
  async deleteBranch(branch: string, expected: string): Promise<boolean> {
    const [update] = await this.client.list<{ success: boolean }>({
      method: 'POST',
      path: `${this.#path}/refs`,
      body: [
        {
          name: `refs/heads/${branch}`,
          oldObjectId: expected,
          newObjectId: ZERO,
        },
      ],
    });
    return update?.success === true;
  }
}
