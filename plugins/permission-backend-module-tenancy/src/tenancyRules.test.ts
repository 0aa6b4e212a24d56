// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { kubernetesPermissions } from '@backstage/plugin-kubernetes-common';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { composePolicy } from './composePolicy';
import { DefaultLeadership } from './Leadership';
import { readLeads } from './readLeads';
import { readPlatformGroups } from './readPlatformGroups';
import { tenancyRules } from './tenancyRules';

const REFS: Record<string, string[]> = {
  'user:default/dev-a': ['user:default/dev-a', 'group:default/team-a'],
  'user:default/lead-a': [
    'user:default/lead-a',
    'group:default/team-a',
    'group:default/team-a-leads',
    'group:default/guild',
  ],
  'user:default/dev-b': ['user:default/dev-b', 'group:default/team-b'],
  'user:default/platform-a': ['user:default/platform-a', 'group:default/sre'],
};

const onEntity = (name: string) =>
  createPermission({ name, attributes: {}, resourceType: 'catalog-entity' });
const basic = (name: string) => createPermission({ name, attributes: {} });

const OTHERS: Permission[] = [
  onEntity('fairway-flux.resource.read'),
  onEntity('fairway-delivery.release.promote'),
  onEntity('fairway-delivery.team.read'),
  onEntity('fairway-cost.budget.update'),
  onEntity('fairway-cost.team.update'),
  basic('fairway-aks.cluster.read'),
  basic('fairway-sandbox.control.use'),
  basic('some.other.permission'),
];

function personaOf(userEntityRef: string): PolicyQueryUser {
  return {
    credentials: mockCredentials.user(userEntityRef),
    // The policy must not rely on the deprecated field.
    info: { userEntityRef, ownershipEntityRefs: [] },
  };
}

/** A group may name its leads by relation; only team-b does. */
const TEAM_B: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-b', namespace: 'default' },
  relations: [{ type: 'ledBy', targetRef: 'user:default/dev-b' }],
};

const LEADS = {
  permissions: ['fairway-cost.budget.update', 'fairway-cost.team.update'],
  group: 'group:default/{team}-leads',
};

function createPolicy(leads: object = LEADS) {
  const config = mockServices.rootConfig({
    data: { fairway: { tenancy: { platformGroups: ['group:SRE'], leads } } },
  });
  const refsOf = jest.fn(
    async ({ principal }: { principal: unknown }) =>
      REFS[(principal as { userEntityRef: string }).userEntityRef],
  );
  const ownership = {
    refsOf,
    reachOf: async (credentials: Parameters<typeof refsOf>[0]) => [
      ...(await refsOf(credentials)),
      'group:default/below',
    ],
  };
  const rules = tenancyRules({
    platformGroups: readPlatformGroups(config),
    ownership,
    leadership: DefaultLeadership.create({
      leads: readLeads(config),
      ownership,
      catalog: catalogServiceMock({ entities: [TEAM_B] }),
      auth: mockServices.auth(),
    }),
    leadPermissions: readLeads(config).permissions,
  });
  return { policy: composePolicy(...rules), refsOf };
}

interface Condition {
  rule: string;
  resourceType: string;
  params: Record<string, string[]>;
}

/** `owner` for the condition on owners, `member` for that on members of a group, and so on. */
const WORDS: Record<string, string> = {
  'IS_ENTITY_OWNER catalog-entity': 'owner',
  'IS_GROUP_MEMBER catalog-entity': 'member',
  'IS_TASK_OWNER scaffolder-task': 'starter',
};

function wordsOf({ rule, resourceType, params }: Condition): string {
  const [claims] = Object.values(params);
  const names = claims.map(claim => claim.split('/')[1]);
  return `${WORDS[`${rule} ${resourceType}`]}(${names.join(' ')})`;
}

/** The decision in words. */
async function decide(
  permission: Permission,
  user?: PolicyQueryUser,
  leads?: object,
) {
  const decision = await createPolicy(leads).policy.handle(
    { permission },
    user,
  );
  if (decision.result !== 'CONDITIONAL') {
    return decision.result;
  }
  return wordsOf(decision.conditions as unknown as Condition);
}

const OPEN = ['ALLOW', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'];
const A = 'dev-a team-a below';
const LEAD = 'lead-a team-a team-a-leads guild below';
const B = 'dev-b team-b below';
const OWNED = [`owner(${A})`, `owner(${LEAD})`, `owner(${B})`, 'ALLOW', 'DENY'];
const MEMBERS = OWNED.map(decision => decision.replace('owner', 'member'));
const PLATFORM_ONLY = ['DENY', 'DENY', 'DENY', 'ALLOW', 'DENY'];
const OWN_TASKS = [
  'starter(dev-a)',
  'starter(lead-a)',
  'starter(dev-b)',
  'ALLOW',
  'DENY',
];

// Columns: dev-a, lead-a, dev-b, platform-a, nobody.
const EXPECTED: Record<string, string[]> = {
  'catalog.entity.read': OPEN,
  'catalog.entity.create': OPEN,
  'catalog.entity.refresh': OPEN,
  'catalog.entity.validate': OPEN,
  'catalog.entity.delete': OWNED,
  'catalog.location.read': OPEN,
  'catalog.location.create': OPEN,
  'catalog.location.analyze': OPEN,
  'catalog.location.delete': PLATFORM_ONLY,
  'catalog.ingestion.read': PLATFORM_ONLY,
  'catalog.ingestion.manage': PLATFORM_ONLY,
  'scaffolder.action.execute': OPEN,
  'scaffolder.template.parameter.read': OPEN,
  'scaffolder.template.step.read': OPEN,
  'scaffolder.template.dry-run': PLATFORM_ONLY,
  'scaffolder.template.management': PLATFORM_ONLY,
  'scaffolder.task.read': OWN_TASKS,
  'scaffolder.task.create': OPEN,
  'scaffolder.task.cancel': OWN_TASKS,
  'kubernetes.clusters.read': PLATFORM_ONLY,
  'kubernetes.resources.read': PLATFORM_ONLY,
  'kubernetes.proxy': PLATFORM_ONLY,
  'fairway-flux.resource.read': OWNED,
  'fairway-delivery.release.promote': OWNED,
  'fairway-delivery.team.read': MEMBERS,
  'fairway-cost.budget.update': [
    'DENY',
    'owner(team-a)',
    'DENY',
    'ALLOW',
    'DENY',
  ],
  'fairway-cost.team.update': [
    'DENY',
    'member(team-a)',
    'DENY',
    'ALLOW',
    'DENY',
  ],
  'fairway-aks.cluster.read': OPEN,
  'fairway-sandbox.control.use': OPEN,
  'some.other.permission': OPEN,
};

describe('tenancyRules', () => {
  it('decides every permission for every persona', async () => {
    const actual: Record<string, string[]> = {};
    for (const permission of [
      ...catalogPermissions,
      ...scaffolderPermissions,
      ...kubernetesPermissions,
      ...OTHERS,
    ]) {
      actual[permission.name] = [
        await decide(permission, personaOf('user:default/dev-a')),
        await decide(permission, personaOf('user:default/lead-a')),
        await decide(permission, personaOf('user:default/dev-b')),
        await decide(permission, personaOf('user:default/platform-a')),
        await decide(permission),
      ];
    }
    expect(actual).toEqual(EXPECTED);
  });

  it('knows leads by relation as well, and all members lead where nobody is named', async () => {
    const permission = onEntity('fairway-cost.budget.update');
    const byRelation = { permissions: [permission.name], relation: 'ledBy' };
    const ask = (user: string, leads: object) =>
      decide(permission, personaOf(`user:default/${user}`), leads);
    expect(await ask('dev-b', byRelation)).toBe('owner(team-b)');
    expect(await ask('lead-a', byRelation)).toBe('DENY');
    expect(await ask('dev-a', {})).toBe(`owner(${A})`);
  });

  it('fails a request instead of allowing it when ownership is unknown', async () => {
    const { policy, refsOf } = createPolicy();
    refsOf.mockRejectedValue(new Error('auth is down'));
    await expect(
      policy.handle(
        { permission: basic('some.other.permission') },
        personaOf('user:default/dev-a'),
      ),
    ).rejects.toThrow('auth is down');
  });
});
