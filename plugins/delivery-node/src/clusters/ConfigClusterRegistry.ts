// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import { readCredentials } from './readCredentials';
import type { Cluster, ClusterRegistry } from './types';

const FIELD = 'kubernetes.clusterLocatorMethods';
const ALIASES = 'fairway.clusterAliases';

/** Clusters of the `kubernetes` configuration: one configuration serves the stock Kubernetes plugin and Fairway. */
export class ConfigClusterRegistry implements ClusterRegistry {
  #clusters: Cluster[];
  readonly #listeners = new Set<() => void>();

  private constructor(clusters: Cluster[]) {
    this.#clusters = clusters;
  }

  /** @throws an error that names the field when a cluster lacks its name or url, or a name or alias is used twice */
  static fromConfig(config: Config): ConfigClusterRegistry {
    return new ConfigClusterRegistry(readClusters(config));
  }

  /** Follows the configuration: a cluster that is taken out of it is gone without a restart. */
  static follow(
    config: RootConfigService,
    logger: LoggerService,
  ): ConfigClusterRegistry {
    const registry = ConfigClusterRegistry.fromConfig(config);
    let before = fingerprint(config);
    config.subscribe?.(() => {
      const after = fingerprint(config);
      if (after === before) {
        return;
      }
      try {
        registry.#replace(readClusters(config));
        before = after;
      } catch (error) {
        logger.error(
          'The changed list of clusters is not usable; the one before stays',
          toError(error),
        );
      }
    });
    return registry;
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

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  #replace(clusters: Cluster[]): void {
    this.#clusters = clusters;
    for (const changed of this.#listeners) {
      changed();
    }
  }
}

function readClusters(config: Config): Cluster[] {
  const entries = (config.getOptionalConfigArray(FIELD) ?? [])
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getOptionalConfigArray('clusters') ?? []);
  const aliases = readAliases(config);
  const clusters = entries.map(entry => readCluster(entry, aliases));
  refuseDoubles(clusters);
  return clusters;
}

function readCluster(entry: Config, aliases: Map<string, string[]>): Cluster {
  const name = entry.getString('name');
  const url = entry.getString('url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new InputError(
      `${FIELD}: the url of the cluster "${name}" is "${url}": give an address that begins with https:// (or http://)`,
    );
  }
  return {
    name,
    title: entry.getOptionalString('title') ?? name,
    url: url.replace(/\/+$/, ''),
    caData: readAuthority(entry),
    skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify'),
    aliases: aliases.get(name) ?? [],
    credentials: readCredentials(entry),
  };
}

/** Read whole: the name of a cluster may hold what no key can. */
function readAliases(config: Config): Map<string, string[]> {
  const all = config.getOptional<Record<string, unknown>>(ALIASES) ?? {};
  return new Map(
    Object.entries(all).map(([name, aliases]) => {
      if (
        !Array.isArray(aliases) ||
        !aliases.every(alias => typeof alias === 'string')
      ) {
        throw new InputError(
          `${ALIASES}: what is given for "${name}" is no list of names`,
        );
      }
      return [name, aliases];
    }),
  );
}

/** As the stock plugin reads it: `caData` is base64 of PEM, `caFile` the path of a PEM file. */
function readAuthority(entry: Config): string | undefined {
  const data = entry.getOptionalString('caData');
  if (data) {
    return Buffer.from(data, 'base64').toString('utf8');
  }
  const file = entry.getOptionalString('caFile');
  if (!file) {
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `${FIELD}: the caFile of the cluster "${entry.getString(
        'name',
      )}" cannot be read: ${toError(error).message}`,
    );
  }
}

function refuseDoubles(clusters: Cluster[]): void {
  const seen = new Map<string, string>();
  for (const { name, aliases } of clusters) {
    for (const each of new Set([name, ...aliases])) {
      const other = seen.get(each);
      if (other !== undefined) {
        throw new InputError(
          `${FIELD}, ${ALIASES}: "${each}" names both "${other}" and "${name}": a name or alias belongs to one cluster`,
        );
      }
      seen.set(each, name);
    }
  }
}

function fingerprint(config: Config): string {
  return JSON.stringify([
    config.getOptional(FIELD),
    config.getOptional(ALIASES),
  ]);
}
