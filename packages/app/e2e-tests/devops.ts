// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

const AUTHORIZATION = `Basic ${Buffer.from(':sandbox-pat').toString('base64')}`;

interface Listed<T> {
  value: T[];
}

export interface PullRequest {
  pullRequestId: number;
  status: string;
  title: string;
  sourceRefName: string;
}

/** The sandbox's Azure DevOps, asked as any REST client would. */
export class Devops {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }

  async get<T>(route: string): Promise<T> {
    return this.#send('GET', route);
  }

  async post<T>(route: string, body: unknown): Promise<T> {
    return this.#send('POST', route, body);
  }

  async repositories(project: string): Promise<string[]> {
    const list = await this.get<Listed<{ name: string }>>(
      `/${project}/_apis/git/repositories`,
    );
    return list.value.map(({ name }) => name);
  }

  async definitions(project: string): Promise<string[]> {
    const list = await this.get<Listed<{ name: string }>>(
      `/${project}/_apis/build/definitions`,
    );
    return list.value.map(({ name }) => name);
  }

  async pullRequests(
    repository: string,
    status: 'active' | 'completed' | 'all' = 'all',
  ): Promise<PullRequest[]> {
    const [project, name] = repository.split('/');
    const list = await this.get<Listed<PullRequest>>(
      `/${project}/_apis/git/repositories/${name}/pullrequests?searchCriteria.status=${status}&$top=500`,
    );
    return list.value;
  }

  /** Paths of all files at the head of a branch. */
  async files(repository: string, branch = 'main'): Promise<string[]> {
    const [project, name] = repository.split('/');
    const list = await this.get<
      Listed<{ path: string; gitObjectType: string }>
    >(
      `/${project}/_apis/git/repositories/${name}/items?recursionLevel=full&versionDescriptor.version=${branch}`,
    );
    return list.value
      .filter(item => item.gitObjectType === 'blob')
      .map(item => item.path)
      .sort();
  }

  async commits(
    repository: string,
  ): Promise<Array<{ commitId: string; comment: string }>> {
    const [project, name] = repository.split('/');
    const list = await this.get<Listed<{ commitId: string; comment: string }>>(
      `/${project}/_apis/git/repositories/${name}/commits?$top=1000`,
    );
    return list.value;
  }

  async #send<T>(method: string, route: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#url + route, {
      method,
      headers: {
        authorization: AUTHORIZATION,
        'content-type': 'application/json',
        accept: 'application/json;api-version=7.1',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${route}: ${response.status} ${await response.text()}`,
      );
    }
    return (await response.json()) as T;
  }
}
