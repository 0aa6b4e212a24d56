// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  AuditorService,
  AuthService,
} from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  deliveryPhrases,
  type Environment,
  ownerOf,
  type Phrase,
  placeEntity,
  type PlacedTarget,
  renderPhrase,
  type SourceStatus,
} from '@fairway/plugin-delivery-common';
import { LRUCache } from 'lru-cache';
import { readEnvironments } from '../environments/readEnvironments';
import type { WatchCache } from '../watch/types';
import { type BindingConfig, readBindingConfig } from './BindingConfig';
import { GroupTree } from './GroupTree';
import type { BindingService, BoundTarget } from './types';

/** What {@link DefaultBindingService} needs. */
export interface BindingServiceOptions {
  config: Config;
  watch: WatchCache;
  catalog: CatalogService;
  auth: AuthService;
  auditor: AuditorService;
}

/** A refusal is met again at every reading of a page: it is recorded once an hour. */
const RECORD_MS = 3_600_000;
const MOST_RECORDED = 5000;

/** Grants an entity its namespaces when the platform's own Namespace objects agree. */
export class DefaultBindingService implements BindingService {
  readonly #environments: Environment[];
  readonly #config: BindingConfig;
  readonly #watch: WatchCache;
  readonly #auditor: AuditorService;
  readonly #groups: GroupTree;
  readonly #recorded = new LRUCache<string, true>({
    max: MOST_RECORDED,
    ttl: RECORD_MS,
  });

  private constructor(options: BindingServiceOptions) {
    this.#environments = readEnvironments(options.config);
    this.#config = readBindingConfig(options.config);
    this.#watch = options.watch;
    this.#auditor = options.auditor;
    this.#groups = GroupTree.create(options);
  }

  static create(options: BindingServiceOptions): DefaultBindingService {
    return new DefaultBindingService(options);
  }

  async targets(entity: Entity): Promise<BoundTarget[]> {
    return Promise.all(
      placeEntity(entity, this.#environments).map(async place => {
        const refused = await this.#refusal(entity, place);
        return refused ? { ...place, refused } : place;
      }),
    );
  }

  async #refusal(
    entity: Entity,
    place: PlacedTarget,
  ): Promise<SourceStatus | undefined> {
    const { cluster, namespace } = place;
    const entityRef = stringifyEntityRef(entity);
    if (this.#config.allows(entityRef, place)) {
      return undefined;
    }
    const object = await this.#watch.get('Namespace', {
      cluster,
      namespace: '',
      name: namespace,
    });
    const status = await this.#watch.status(cluster, 'Namespace');
    if (!object && status.state !== 'current' && status.state !== 'stale') {
      // Nothing is known of the namespace, so nothing is shown: the source says why.
      return status;
    }
    const owner = ownerOf(entity);
    if (owner && (await this.#belongs(object?.owner, owner))) {
      return undefined;
    }
    const reason = {
      code: codeOf(object),
      params: { cluster, namespace, owner: owner ?? '' },
    };
    await this.#record(entityRef, place, reason);
    return this.#config.enforces
      ? {
          state: 'not-bound',
          reason,
          next: { code: 'binding.ask-platform', params: reason.params },
        }
      : undefined;
  }

  async #belongs(granted: string | undefined, owner: string): Promise<boolean> {
    if (granted === undefined) {
      return false;
    }
    const group = canonical(granted);
    return group === owner || (await this.#groups.above(owner)).includes(group);
  }

  async #record(
    entityRef: string,
    { cluster, namespace }: PlacedTarget,
    reason: Phrase,
  ): Promise<void> {
    const key = [entityRef, cluster, namespace, reason.code].join(' ');
    if (this.#recorded.has(key)) {
      return;
    }
    this.#recorded.set(key, true);
    const mode = this.#config.enforces ? 'enforce' : 'report';
    const event = await this.#auditor.createEvent({
      eventId: 'binding-refuse',
      severityLevel: 'medium',
      meta: { entityRef, cluster, namespace, reason: reason.code, mode },
    });
    if (this.#config.enforces) {
      const message = renderPhrase(reason, deliveryPhrases);
      await event.fail({ error: new NotAllowedError(message) });
    } else {
      await event.success();
    }
  }
}

function codeOf(object: { owner?: string } | undefined): string {
  if (!object) {
    return 'binding.no-namespace';
  }
  return object.owner ? 'binding.other-owner' : 'binding.no-owner';
}

/** The platform may write `team-a` or `group:default/team-a`. */
function canonical(ref: string): string {
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
