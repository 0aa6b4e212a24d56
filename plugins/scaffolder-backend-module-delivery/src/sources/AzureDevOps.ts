// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Config } from '@backstage/config';
import {
  type AzureDevOpsCredentialsProvider,
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  AzureDevOpsClient,
  type AzureDevOpsClientOptions,
} from './AzureDevOpsClient';
import { AzureRepository } from './AzureRepository';
import {
  type DeliverySettings,
  readDeliverySettings,
} from './DeliverySettings';
import { parseRepositoryUrl } from './RepositoryUrl';

/** Who asks, so that a wait is seen in the task log and ends with the task. */
export interface TaskContext {
  logger: { warn(message: string): void };
  signal?: AbortSignal;
}

/** Azure DevOps as the actions reach it: one credential per organisation, from the integrations. */
export class AzureDevOps {
  readonly #config: Config;
  readonly #credentials: AzureDevOpsCredentialsProvider;
  readonly #tuning: Partial<AzureDevOpsClientOptions>;

  private constructor(
    config: Config,
    tuning: Partial<AzureDevOpsClientOptions>,
  ) {
    this.#config = config;
    this.#tuning = tuning;
    this.#credentials = DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
      ScmIntegrations.fromConfig(config),
    );
  }

  /** @param tuning - other time limits than the client's own */
  static fromConfig(
    config: Config,
    tuning: Partial<AzureDevOpsClientOptions> = {},
  ): AzureDevOps {
    return new AzureDevOps(config, tuning);
  }

  /** Read when it is needed: a portal without these keys still starts. */
  settings(): DeliverySettings {
    return readDeliverySettings(this.#config);
  }

  client(context: TaskContext, organizationUrl: string): AzureDevOpsClient {
    return AzureDevOpsClient.create({
      ...this.#tuning,
      organizationUrl,
      credentials: this.#credentials,
      signal: context.signal,
      onRetry: message => context.logger.warn(message),
    });
  }

  /** @throws InputError when it is not the clone URL of a repository */
  repository(context: TaskContext, url: string): AzureRepository {
    const parts = parseRepositoryUrl(url);
    return AzureRepository.create(
      this.client(context, parts.organizationUrl),
      parts,
    );
  }
}
