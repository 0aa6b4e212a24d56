// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  type Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { HomeService } from '@fairway/plugin-delivery-common';
import {
  type AccessGuard,
  type Ownership,
  type Summaries,
  type Summarizer,
} from '@fairway/plugin-delivery-node';
import { LRUCache } from 'lru-cache';

type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** What one person owns and may see. */
export interface Portfolio {
  /** Rows of the home page, still without what is known of them. */
  services: Array<Omit<HomeService, 'environments'>>;
  /** Also those beyond the limit of one page. */
  total: number;
  /** Which of the services each plugin may tell of. */
  visible: Array<{ summarizer: Summarizer; entities: Entity[] }>;
}

export interface PortfoliosOptions {
  catalog: CatalogService;
  guard: AccessGuard;
  ownership: Ownership;
  summaries: Summaries;
}

/** One page must stay readable, and one request bounded. */
const MOST_SERVICES = 200;
/** Open home pages look anew every minute: longer than that, nobody is looking. */
const KEPT_MS = 150_000;
const MOST_PEOPLE = 1000;

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'relations',
];

/**
 * What people own and may see, kept between two looks at their rights: of the
 * thousands of changes in clusters none changes it, so none asks the catalog.
 */
export class Portfolios {
  readonly #options: PortfoliosOptions;
  readonly #known: LRUCache<string, Portfolio, UserCredentials>;

  private constructor(options: PortfoliosOptions) {
    this.#options = options;
    this.#known = new LRUCache({
      max: MOST_PEOPLE,
      ttl: KEPT_MS,
      fetchMethod: (_user, _before, { context }) => this.#read(context),
    });
  }

  static create(options: PortfoliosOptions): Portfolios {
    return new Portfolios(options);
  }

  /** As it was at the last look. */
  async last(credentials: UserCredentials): Promise<Portfolio> {
    return this.#fetch(credentials, false);
  }

  /** Asks catalog and permissions as the caller; those who ask at once share one answer. */
  async look(credentials: UserCredentials): Promise<Portfolio> {
    return this.#fetch(credentials, true);
  }

  async #fetch(
    credentials: UserCredentials,
    forceRefresh: boolean,
  ): Promise<Portfolio> {
    return this.#known.forceFetch(credentials.principal.userEntityRef, {
      context: credentials,
      forceRefresh,
    });
  }

  async #read(credentials: UserCredentials): Promise<Portfolio> {
    const { guard, ownership, summaries } = this.#options;
    const owners = await ownership.reachOf(credentials);
    const { items, totalItems } = await this.#owned(owners, credentials);
    const refs = items.map(stringifyEntityRef);
    const visible = await Promise.all(
      summaries.all().map(async summarizer => ({
        summarizer,
        entities: await guard.filter(refs, summarizer.permission, credentials),
      })),
    );
    return {
      services: items.map(entity => serviceOf(entity, owners)),
      total: totalItems,
      visible,
    };
  }

  async #owned(
    owners: string[],
    credentials: BackstageCredentials,
  ): Promise<{ items: Entity[]; totalItems: number }> {
    if (owners.length === 0) {
      // A filter without a value would match what anybody owns.
      return { items: [], totalItems: 0 };
    }
    return this.#options.catalog.queryEntities(
      {
        filter: { kind: 'component', 'relations.ownedBy': owners },
        fields: FIELDS,
        limit: MOST_SERVICES,
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
      },
      { credentials },
    );
  }
}

function serviceOf(
  entity: Entity,
  callers: string[],
): Omit<HomeService, 'environments'> {
  const owners = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
  return {
    entityRef: stringifyEntityRef(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description,
    owner: owners.find(owner => callers.includes(owner)) ?? owners[0] ?? '',
  };
}
