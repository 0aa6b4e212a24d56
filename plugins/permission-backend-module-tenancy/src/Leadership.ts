// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import type { Ownership } from '@fairway/plugin-delivery-node';
import type { LeadsConfig } from './readLeads';

/**
 * Tells which groups a user leads.
 *
 * @public
 */
export interface Leadership {
  /** References of groups; empty when the user leads none. */
  groupsLedBy(user: PolicyQueryUser): Promise<string[]>;
}

/** Nobody leads so many; a relation that says so is a mistake. */
const MOST_GROUPS = 200;

/**
 * Leads as configuration names them: by a group of leads that people are in beside
 * their team, or by a relation from the Group entity to its leads.
 *
 * @public
 */
export class DefaultLeadership implements Leadership {
  readonly #leads: LeadsConfig;
  readonly #ownership: Ownership;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  private constructor(options: {
    leads: LeadsConfig;
    ownership: Ownership;
    catalog: CatalogService;
    auth: AuthService;
  }) {
    this.#leads = options.leads;
    this.#ownership = options.ownership;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  static create(options: {
    leads: LeadsConfig;
    ownership: Ownership;
    catalog: CatalogService;
    auth: AuthService;
  }): DefaultLeadership {
    return new DefaultLeadership(options);
  }

  async groupsLedBy(user: PolicyQueryUser): Promise<string[]> {
    const claims = await this.#ownership.refsOf(user.credentials);
    const { group, relation } = this.#leads;
    return [
      ...new Set([
        ...(group ? ledByGroup(claims, group) : []),
        ...(relation ? await this.#ledByRelation(claims, relation) : []),
      ]),
    ];
  }

  async #ledByRelation(claims: string[], relation: string): Promise<string[]> {
    if (claims.length === 0) {
      // A filter without a value would match what anybody leads.
      return [];
    }
    // Our own credentials: who leads what decides about the user, who must not decide it.
    const { items } = await this.#catalog.queryEntities(
      {
        filter: { kind: 'group', [`relations.${relation}`]: claims },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: MOST_GROUPS,
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.map(stringifyEntityRef);
  }
}

/** Of the groups that the user is in, those whose leads the user is in as well. */
function ledByGroup(claims: string[], leads: string): string[] {
  return claims.filter(claim => {
    const { kind, name } = parseEntityRef(claim);
    const group = leads.replace('{team}', name);
    return kind === 'group' && claim !== group && claims.includes(group);
  });
}
