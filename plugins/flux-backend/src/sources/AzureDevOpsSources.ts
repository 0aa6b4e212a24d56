// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Config } from '@backstage/config';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
  type AzureDevOpsCredentialsProvider,
} from '@backstage/integration';
import { DefaultAzureDevOpsClient } from './AzureDevOpsClient';
import { AzureDevOpsGitSource } from './AzureDevOpsGitSource';
import type { GitOpsSource, GitOpsSources } from './GitOpsSource';
import { parseAzureRepositoryUrl } from './parseAzureRepositoryUrl';

/** GitOps repositories on the hosts of `integrations.azure`. */
export class AzureDevOpsSources implements GitOpsSources {
  readonly #integrations: ScmIntegrations;
  readonly #credentials: AzureDevOpsCredentialsProvider;
  readonly #sources = new Map<string, GitOpsSource>();
  readonly #clients = new Map<string, DefaultAzureDevOpsClient>();

  private constructor(
    integrations: ScmIntegrations,
    credentials: AzureDevOpsCredentialsProvider,
  ) {
    this.#integrations = integrations;
    this.#credentials = credentials;
  }

  static fromConfig(config: Config): AzureDevOpsSources {
    const integrations = ScmIntegrations.fromConfig(config);
    return new AzureDevOpsSources(
      integrations,
      DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations),
    );
  }

  /** Only hosts that the configuration names: a token is never sent to another one that an object in a cluster names. */
  forRepository(url: string): GitOpsSource | undefined {
    const known = this.#sources.get(url);
    if (known) {
      return known;
    }
    const repository = parseAzureRepositoryUrl(url);
    if (!repository) {
      return undefined;
    }
    const { host } = new URL(repository.baseUrl);
    const configured = this.#integrations.azure
      .list()
      .some(
        ({ config }) =>
          config.host === host ||
          (config.host === 'dev.azure.com' &&
            host.endsWith('.visualstudio.com')),
      );
    if (!configured) {
      return undefined;
    }
    const source = AzureDevOpsGitSource.create({
      client: this.#client(repository.baseUrl),
      repository,
    });
    this.#sources.set(url, source);
    return source;
  }

  #client(baseUrl: string): DefaultAzureDevOpsClient {
    const client =
      this.#clients.get(baseUrl) ??
      DefaultAzureDevOpsClient.create({
        baseUrl,
        credentials: this.#credentials,
      });
    this.#clients.set(baseUrl, client);
    return client;
  }
}
