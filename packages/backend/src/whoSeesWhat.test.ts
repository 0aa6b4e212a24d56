// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogEntityDeletePermission } from '@backstage/plugin-catalog-common/alpha';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import deliveryPlugin from '@fairway/plugin-delivery-backend';
import fluxPlugin from '@fairway/plugin-flux-backend';
import { startTenants } from './__testUtils__/startTenants';

/** The catalog knows none of these, only their resource type. */
const onEntity = (name: string) =>
  createPermission({ name, attributes: {}, resourceType: 'catalog-entity' });
const READ = onEntity('fairway-flux.resource.read');
const TEAM_READ = onEntity('fairway-delivery.team.read');
const BUDGET = onEntity('fairway-cost.budget.update');
const TEAM_BUDGET = onEntity('fairway-cost.team.update');

const ORDERS = 'component:default/orders';
const TEAM_A = 'group:default/team-a';

describe('who sees what', () => {
  let env: Awaited<ReturnType<typeof startTenants>>;

  beforeAll(async () => {
    env = await startTenants({
      features: [deliveryPlugin, fluxPlugin],
      config: {
        fairway: {
          tenancy: {
            leads: {
              permissions: [BUDGET.name, TEAM_BUDGET.name],
              group: 'group:default/leads',
            },
          },
        },
      },
    });
  }, 60_000);
  afterAll(() => env?.backend.stop());

  async function decide(
    permission: Permission,
    user: string,
    resourceRef: string,
  ): Promise<string> {
    const response = await fetch(`${env.url}/api/permission/authorize`, {
      method: 'POST',
      headers: {
        authorization: mockCredentials.user.header(`user:default/${user}`),
        'content-type': 'application/json',
      },
      body: JSON.stringify({ items: [{ id: '1', permission, resourceRef }] }),
    });
    const body = await response.json();
    return response.ok ? body.items[0].result : String(response.status);
  }

  it('lets the catalog decide by owner, member, parent group and lead', async () => {
    const users = ['dev-a', 'lead-a', 'dev-b', 'head', 'platform-a'];
    const table: Record<string, string> = {};
    for (const [what, permission, ref] of [
      ['a service', READ, ORDERS],
      ['a team', TEAM_READ, TEAM_A],
      ['the department', TEAM_READ, 'group:default/engineering'],
      ['a service as a team', TEAM_READ, ORDERS],
      ['a team as a service', READ, TEAM_A],
      ['what is not there', READ, 'component:default/unknown'],
      ['the budget of a service', BUDGET, ORDERS],
      ['the budget of a team', TEAM_BUDGET, TEAM_A],
      ['the budget of another team', TEAM_BUDGET, 'group:default/team-b'],
      ['removing a service', catalogEntityDeletePermission, ORDERS],
      ['removing a team', catalogEntityDeletePermission, TEAM_A],
    ] as const) {
      const answers = await Promise.all(
        users.map(user => decide(permission, user, ref)),
      );
      table[what] = users
        .filter((_, index) => answers[index] === 'ALLOW')
        .join(' ');
      expect(answers.every(answer => /^(ALLOW|DENY)$/.test(answer))).toBe(true);
    }
    expect(table).toEqual({
      'a service': 'dev-a lead-a head platform-a',
      'a team': 'dev-a lead-a head platform-a',
      'the department': 'head platform-a',
      'a service as a team': 'platform-a',
      'a team as a service': 'platform-a',
      'what is not there': 'platform-a',
      'the budget of a service': 'lead-a platform-a',
      'the budget of a team': 'lead-a platform-a',
      'the budget of another team': 'platform-a',
      'removing a service': 'dev-a lead-a head platform-a',
      'removing a team': 'platform-a',
    });
  });

  /** What a stream of two topics says first of each. */
  async function firstEvents(user: string): Promise<string[]> {
    const left = new AbortController();
    const topics = ['orders', 'search'].map(
      name => `topic=fairway-flux.deployments:component:default/${name}`,
    );
    const response = await fetch(
      `${env.url}/api/fairway-delivery/v1/stream?${topics.join('&')}`,
      {
        headers: {
          authorization: mockCredentials.user.header(`user:default/${user}`),
        },
        signal: left.signal,
      },
    );
    let text = '';
    const events = new Map<string, string>();
    for await (const chunk of response.body!) {
      text += Buffer.from(chunk).toString();
      for (const [, event, data] of text.matchAll(
        /^event: (.*)\ndata: (.*)\n\n/gm,
      )) {
        events.set(JSON.parse(data).topic.split('/').pop(), event);
      }
      if (events.size === topics.length) {
        break;
      }
    }
    left.abort();
    return ['orders', 'search'].map(name => `${name}: ${events.get(name)}`);
  }

  it('gives nobody the data of another team over the one stream of the tab', async () => {
    expect(await firstEvents('dev-a')).toEqual([
      'orders: snapshot',
      'search: gone',
    ]);
    expect(await firstEvents('dev-b')).toEqual([
      'orders: gone',
      'search: snapshot',
    ]);
    expect(await firstEvents('head')).toEqual([
      'orders: snapshot',
      'search: snapshot',
    ]);
  });
});
