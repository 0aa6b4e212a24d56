// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Environment,
  SourceStatus,
} from '@fairway/plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import { readEnvironments } from '../environments/readEnvironments';
import type { WatchCache } from '../watch/types';
import type { BindingService, BoundTarget } from './types';

const NAMESPACE = 'backstage.io/kubernetes-namespace';
const CLUSTER = 'backstage.io/kubernetes-cluster';
const ENVIRONMENTS = 'fairway.dev/environments';
const GROUPS_MS = 60_000;
const DEEPEST = 10;

interface Allowed {
  entityRef: string;
  namespace: string;
}

/** Grants an entity its namespaces when the platform's own Namespace objects agree. */
export class DefaultBindingService implements BindingService {
  readonly #environments: Environment[];
  readonly #enforces: boolean;
  readonly #allowed: Allowed[];
  readonly #watch: WatchCache;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #ancestors: LRUCache<string, string[]>;

  private constructor(options: {
    config: Config;
    watch: WatchCache;
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }) {
    const { config } = options;
    this.#environments = readEnvironments(config);
    this.#enforces =
      (config.getOptionalString('fairway.binding.mode') ?? 'enforce') !==
      'report';
    this.#allowed = (
      config.getOptionalConfigArray('fairway.binding.allow') ?? []
    ).map(entry => ({
      entityRef: entry.getString('entityRef'),
      namespace: entry.getString('namespace'),
    }));
    this.#watch = options.watch;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#ancestors = new LRUCache({
      max: 2000,
      ttl: GROUPS_MS,
      fetchMethod: group => this.#loadAncestors(group),
    });
  }

  static create(options: {
    config: Config;
    watch: WatchCache;
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
  }): DefaultBindingService {
    return new DefaultBindingService(options);
  }

  async targets(entity: Entity): Promise<BoundTarget[]> {
    const annotations = entity.metadata.annotations ?? {};
    const wanted = annotations[ENVIRONMENTS]?.split(',').map(name =>
      name.trim(),
    );
    const cluster = annotations[CLUSTER];
    const places = this.#environments
      .filter(({ name }) => !wanted || wanted.includes(name))
      .flatMap(environment =>
        environment.targets
          .filter(target => !cluster || target.cluster === cluster)
          .map(target => ({
            environment,
            cluster: target.cluster,
            namespace:
              annotations[NAMESPACE] ?? placed(target.namespace, entity),
          })),
      );
    return Promise.all(
      places.map(async place => {
        const refused = await this.#refusal(entity, place);
        return refused ? { ...place, refused } : place;
      }),
    );
  }

  async #refusal(
    entity: Entity,
    { cluster, namespace }: { cluster: string; namespace: string },
  ): Promise<SourceStatus | undefined> {
    const status = await this.#watch.status(cluster, 'Namespace');
    const object = await this.#watch.get('Namespace', {
      cluster,
      namespace: '',
      name: namespace,
    });
    if (!object && status.state !== 'current' && status.state !== 'stale') {
      // Nothing is known of the namespace, so nothing is shown: the source says why.
      return status;
    }
    const entityRef = stringifyEntityRef(entity);
    if (
      this.#allowed.some(
        allowed =>
          allowed.entityRef === entityRef && allowed.namespace === namespace,
      )
    ) {
      return undefined;
    }
    const owner = ownerOf(entity);
    const granted = object?.owner;
    const chain = owner ? [owner, ...(await this.#ancestorsOf(owner))] : [];
    if (granted && chain.includes(normalized(granted))) {
      return undefined;
    }
    const code = !object
      ? 'binding.no-namespace'
      : granted
      ? 'binding.other-owner'
      : 'binding.no-owner';
    const params = { cluster, namespace, owner: owner ?? '' };
    if (!this.#enforces) {
      this.#logger.info(
        `binding would refuse ${entityRef}: ${code} ${cluster}/${namespace}`,
      );
      return undefined;
    }
    return {
      state: 'not-bound',
      reason: { code, params },
      next: { code: 'binding.ask-platform', params },
    };
  }

  async #ancestorsOf(group: string): Promise<string[]> {
    return (await this.#ancestors.fetch(group)) ?? [];
  }

  async #loadAncestors(group: string): Promise<string[]> {
    // Our own credentials: who a group belongs to is no secret, and this runs below the guard.
    const credentials = await this.#auth.getOwnServiceCredentials();
    const found: string[] = [];
    let next = [group];
    for (let depth = 0; depth < DEEPEST && next.length > 0; depth++) {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: next, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      );
      next = items
        .flatMap(item => item?.relations ?? [])
        .filter(({ type }) => type === RELATION_CHILD_OF)
        .map(({ targetRef }) => targetRef)
        .filter(ref => !found.includes(ref));
      found.push(...next);
    }
    return found;
  }
}

function ownerOf(entity: Entity): string | undefined {
  return entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
    ?.targetRef;
}

function normalized(ref: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return ref;
  }
}

function placed(pattern: string, entity: Entity): string {
  const owner = ownerOf(entity);
  const values: Record<string, string> = {
    team: owner ? parseEntityRef(owner).name : '',
    system: String(entity.spec?.system ?? ''),
    component: entity.metadata.name,
  };
  return pattern.replace(
    /\{(team|system|component)\}/g,
    (_, name: string) => values[name],
  );
}
