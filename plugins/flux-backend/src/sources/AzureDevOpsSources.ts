// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
  type AzureDevOpsCredentialsProvider,
} from '@backstage/integration';
import { DefaultAzureDevOpsClient } from './AzureDevOpsClient';
import { AzureDevOpsGitSource } from './AzureDevOpsGitSource';
import type { GitOpsSource, GitOpsSources } from './GitOpsSource';
import { HostHealth } from './HostHealth';
import { parseAzureRepositoryUrl } from './parseAzureRepositoryUrl';

/** GitOps repositories on the hosts of `integrations.azure`. */
export class AzureDevOpsSources implements GitOpsSources {
  readonly #integrations: ScmIntegrations;
  readonly #credentials: AzureDevOpsCredentialsProvider;
  readonly #sources = new Map<string, GitOpsSource>();
  readonly #clients = new Map<
    string,
    { client: DefaultAzureDevOpsClient; health: HostHealth }
  >();
  readonly #logger: LoggerService;

  private constructor(
    integrations: ScmIntegrations,
    credentials: AzureDevOpsCredentialsProvider,
    logger: LoggerService,
  ) {
    this.#integrations = integrations;
    this.#logger = logger;
    this.#credentials = credentials;
  }

  static fromConfig(config: Config, logger: LoggerService): AzureDevOpsSources {
    const integrations = ScmIntegrations.fromConfig(config);
    return new AzureDevOpsSources(
      integrations,
      DefaultAzureDevOpsCredentialsProvider.fromIntegrations(integrations),
      logger,
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
      ...this.#connect(repository.baseUrl),
      repository,
    });
    this.#sources.set(url, source);
    return source;
  }

  /** One connection per organization, so that all its repositories know when it is away. */
  #connect(baseUrl: string) {
    const known = this.#clients.get(baseUrl);
    if (known) {
      return known;
    }
    const health = new HostHealth({ name: baseUrl, logger: this.#logger });
    const client = DefaultAzureDevOpsClient.create({
      baseUrl,
      credentials: this.#credentials,
      health,
    });
    this.#clients.set(baseUrl, { client, health });
    return { client, health };
  }
}
