// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AzureDevOpsClient } from './AzureDevOpsClient';

/** Ids of the policy types of Azure DevOps (REST reference, Policy, types). */
export const POLICY_TYPES = {
  minimumReviewers: 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd',
  build: '0609b952-1397-4640-95ec-e00a01b2c241',
  comments: 'c6a1889d-b943-4856-b76f-9e46bb6b0df2',
  mergeTypes: 'fa4e907d-c16b-4a4c-9dfa-4916e5d171ab',
} as const;

/** A branch policy, as far as it is used. */
export interface PolicyConfiguration {
  id: number;
  isEnabled: boolean;
  type: { id: string };
  settings: {
    scope?: Array<{ repositoryId?: string | null; refName?: string }>;
    [name: string]: unknown;
  };
}

/** Branch policies of one project (REST reference, Policy configurations, 7.1). */
export class AzurePolicies {
  readonly #client: AzureDevOpsClient;
  readonly #path: string;

  private constructor(client: AzureDevOpsClient, project: string) {
    this.#client = client;
    this.#path = `${encodeURIComponent(project)}/_apis/policy/configurations`;
  }

  static of(client: AzureDevOpsClient, project: string): AzurePolicies {
    return new AzurePolicies(client, project);
  }

  /** The enabled policy of a type that stands on exactly this branch. */
  async find(
    type: string,
    repositoryId: string,
    branch: string,
  ): Promise<PolicyConfiguration | undefined> {
    const all = await this.#client.list<PolicyConfiguration>({
      path: this.#path,
      query: { policyType: type },
    });
    return all.find(
      policy =>
        policy.isEnabled &&
        policy.type.id === type &&
        policy.settings.scope?.some(
          scope =>
            scope.repositoryId === repositoryId &&
            scope.refName === `refs/heads/${branch}`,
        ),
    );
  }

  create(
    type: string,
    repositoryId: string,
    branch: string,
    settings: object,
  ): Promise<PolicyConfiguration> {
    return this.#client.send({
      method: 'POST',
      path: this.#path,
      body: {
        isEnabled: true,
        isBlocking: true,
        type: { id: type },
        settings: {
          ...settings,
          scope: [
            {
              repositoryId,
              refName: `refs/heads/${branch}`,
              matchKind: 'Exact',
            },
          ],
        },
      },
    });
  }
}
