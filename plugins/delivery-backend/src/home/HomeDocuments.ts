// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { type Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Environment,
  HomeDocument,
  HomeEnvironment,
  HomeService,
} from '@fairway/plugin-delivery-common';
import {
  type AccessGuard,
  refOf,
  type Summaries,
} from '@fairway/plugin-delivery-node';
import { needsYou, worst } from './needsYou';

export interface HomeDocumentsOptions {
  catalog: CatalogService;
  userInfo: UserInfoService;
  guard: AccessGuard;
  summaries: Summaries;
  environments: Environment[];
}

/** One page must stay readable, and one request bounded. */
const MOST_SERVICES = 200;

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'relations',
];

/** Makes the home page's document for one person. */
export class HomeDocuments {
  readonly #options: HomeDocumentsOptions;

  private constructor(options: HomeDocumentsOptions) {
    this.#options = options;
  }

  static create(options: HomeDocumentsOptions): HomeDocuments {
    return new HomeDocuments(options);
  }

  /** What the caller or a group of the caller owns. The catalog is asked as the caller. */
  async read(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<HomeDocument> {
    const { userInfo, environments } = this.#options;
    const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
    const { items, totalItems } = await this.#owned(
      ownershipEntityRefs,
      credentials,
    );
    const summaries = await this.#summaries(items, credentials);
    const services = items.map(entity =>
      rowOf(entity, ownershipEntityRefs, summaries.get(refOf(entity)) ?? []),
    );
    return {
      environments: environments.map(({ name, title }) => ({ name, title })),
      services,
      needsYou: needsYou(services),
      total: totalItems,
      truncated: items.length < totalItems,
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

  /** By entity reference; each plugin hears only of what its own permission lets the caller see. */
  async #summaries(
    entities: Entity[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, HomeEnvironment[]>> {
    const { guard, summaries } = this.#options;
    const refs = entities.map(refOf);
    const told = await Promise.all(
      summaries.all().map(async summarizer => {
        const allowed = await guard.filter(
          refs,
          summarizer.permission,
          credentials,
        );
        return summarizer.summarize(allowed);
      }),
    );
    return new Map(
      refs.map(ref => [
        ref,
        this.#inOrder(told.flatMap(summary => summary.get(ref) ?? [])),
      ]),
    );
  }

  /** One cell per environment, in their order; of two plugins' words the worse stands. */
  #inOrder(cells: HomeEnvironment[]): HomeEnvironment[] {
    return this.#options.environments.flatMap(({ name }) => {
      const found = cells.filter(cell => cell.name === name);
      return found.length > 0 ? [worst(found)] : [];
    });
  }
}

function rowOf(
  entity: Entity,
  callers: string[],
  environments: HomeEnvironment[],
): HomeService {
  const owners = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
  return {
    entityRef: refOf(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description,
    owner: owners.find(owner => callers.includes(owner)) ?? owners[0] ?? '',
    environments,
  };
}
