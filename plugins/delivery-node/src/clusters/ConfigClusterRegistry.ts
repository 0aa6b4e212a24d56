// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { DefaultAzureCredential } from '@azure/identity';
import type { Config } from '@backstage/config';
import type { Cluster, ClusterCredentials, ClusterRegistry } from './types';

/** Entra application of AKS, the same in every tenant (learn.microsoft.com, "Azure Kubernetes Service AAD Server"). */
const AKS_SCOPE = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

/** Clusters of the `kubernetes` configuration: one configuration serves the stock Kubernetes plugin and Fairway. */
export class ConfigClusterRegistry implements ClusterRegistry {
  readonly #clusters: Cluster[];

  private constructor(clusters: Cluster[]) {
    this.#clusters = clusters;
  }

  /** @throws an error that names the field when a cluster lacks its name or url */
  static fromConfig(config: Config): ConfigClusterRegistry {
    const entries = (
      config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
    )
      .filter(method => method.getString('type') === 'config')
      .flatMap(method => method.getConfigArray('clusters'));
    const aliases = config.getOptionalConfig('fairway.clusterAliases');
    return new ConfigClusterRegistry(
      entries.map(entry => {
        const name = entry.getString('name');
        return {
          name,
          title: entry.getOptionalString('title') ?? name,
          url: entry.getString('url'),
          caData: decoded(entry.getOptionalString('caData')),
          skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify'),
          aliases: aliases?.getOptionalStringArray(name) ?? [],
          credentials: credentialsOf(entry),
        };
      }),
    );
  }

  list(): Cluster[] {
    return [...this.#clusters];
  }

  get(nameOrAlias: string): Cluster | undefined {
    return this.#clusters.find(
      ({ name, aliases }) =>
        name === nameOrAlias || aliases.includes(nameOrAlias),
    );
  }
}

function decoded(caData: string | undefined): string | undefined {
  return caData && Buffer.from(caData, 'base64').toString('utf8');
}

/** Only what works without a browser can drive a shared watch. */
function credentialsOf(entry: Config): ClusterCredentials | undefined {
  switch (entry.getString('authProvider')) {
    case 'serviceAccount': {
      const token = entry.getOptionalString('serviceAccountToken');
      return token ? { getToken: async () => ({ token }) } : undefined;
    }
    case 'azure':
      return azureCredentials();
    default:
      return undefined;
  }
}

/** Workload identity; the library keeps the token until it is about to end. */
function azureCredentials(): ClusterCredentials {
  const credential = new DefaultAzureCredential();
  return {
    async getToken() {
      const { token, expiresOnTimestamp } = await credential.getToken(
        AKS_SCOPE,
      );
      return { token, expiresAt: new Date(expiresOnTimestamp) };
    },
  };
}
