// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { composePolicy } from './composePolicy';
import { DefaultOwnership } from './Ownership';
import { readPlatformGroups } from './readPlatformGroups';
import { tenancyRules } from './tenancyRules';

const OWNERSHIP: Record<string, string[]> = {
  'user:default/dev-a': ['user:default/dev-a', 'group:default/team-a'],
  'user:default/dev-b': ['user:default/dev-b', 'group:default/team-b'],
  'user:default/platform-a': ['user:default/platform-a', 'group:default/sre'],
};

const onEntity = (name: string) =>
  createPermission({ name, attributes: {}, resourceType: 'catalog-entity' });
const basic = (name: string) => createPermission({ name, attributes: {} });

const OTHERS: Permission[] = [
  onEntity('fairway-flux.resource.read'),
  onEntity('fairway-delivery.release.promote'),
  basic('fairway-aks.cluster.read'),
  basic('fairway-sandbox.control.use'),
  onEntity('kubernetes.resources.read'),
  basic('some.other.permission'),
];

function personaOf(userEntityRef: string): PolicyQueryUser {
  return {
    credentials: mockCredentials.user(userEntityRef),
    // The policy must not rely on the deprecated field.
    info: { userEntityRef, ownershipEntityRefs: [] },
  };
}

function createPolicy() {
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async credentials => {
      const { userEntityRef } = credentials.principal as {
        userEntityRef: string;
      };
      return { userEntityRef, ownershipEntityRefs: OWNERSHIP[userEntityRef] };
    },
  });
  const config = mockServices.rootConfig({
    data: { fairway: { tenancy: { platformGroups: ['group:SRE'] } } },
  });
  const rules = tenancyRules({
    platformGroups: readPlatformGroups(config),
    ownership: DefaultOwnership.create({ userInfo }),
  });
  return { policy: composePolicy(...rules), userInfo };
}

/** The decision as one word; `owner: <claims>` is the condition on owners. */
async function decide(permission: Permission, user?: PolicyQueryUser) {
  const decision = await createPolicy().policy.handle({ permission }, user);
  if (decision.result !== 'CONDITIONAL') {
    return decision.result;
  }
  const { conditions, pluginId, resourceType } = decision;
  expect({ pluginId, resourceType, conditions }).toEqual({
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions: {
      rule: 'IS_ENTITY_OWNER',
      resourceType: 'catalog-entity',
      params: { claims: expect.any(Array) },
    },
  });
  const { params } = conditions as unknown as { params: { claims: string[] } };
  return `owner: ${params.claims.join(' ')}`;
}

const DEV_A = 'owner: user:default/dev-a group:default/team-a';
const DEV_B = 'owner: user:default/dev-b group:default/team-b';
const OPEN = ['ALLOW', 'ALLOW', 'ALLOW', 'DENY'];
const OWNED = [DEV_A, DEV_B, 'ALLOW', 'DENY'];
const PLATFORM_ONLY = ['DENY', 'DENY', 'ALLOW', 'DENY'];

// Columns: dev-a, dev-b, platform-a, nobody.
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
  'catalog.ingestion.read': OPEN,
  'catalog.ingestion.manage': OPEN,
  'scaffolder.action.execute': OPEN,
  'scaffolder.template.parameter.read': OPEN,
  'scaffolder.template.step.read': OPEN,
  'scaffolder.template.dry-run': PLATFORM_ONLY,
  'scaffolder.template.management': PLATFORM_ONLY,
  'scaffolder.task.read': OPEN,
  'scaffolder.task.create': OPEN,
  'scaffolder.task.cancel': OPEN,
  'fairway-flux.resource.read': OWNED,
  'fairway-delivery.release.promote': OWNED,
  'fairway-aks.cluster.read': OPEN,
  'fairway-sandbox.control.use': OPEN,
  'kubernetes.resources.read': OPEN,
  'some.other.permission': OPEN,
};

describe('tenancyRules', () => {
  it('decides every permission for every persona', async () => {
    const actual: Record<string, string[]> = {};
    for (const permission of [
      ...catalogPermissions,
      ...scaffolderPermissions,
      ...OTHERS,
    ]) {
      actual[permission.name] = [
        await decide(permission, personaOf('user:default/dev-a')),
        await decide(permission, personaOf('user:default/dev-b')),
        await decide(permission, personaOf('user:default/platform-a')),
        await decide(permission),
      ];
    }
    expect(actual).toEqual(EXPECTED);
  });

  it('looks ownership up once for a batch, and again for the next', async () => {
    const { policy, userInfo } = createPolicy();
    const permission = onEntity('fairway-flux.resource.read');
    const batch = personaOf('user:default/dev-a');
    await Promise.all([
      policy.handle({ permission }, batch),
      policy.handle({ permission }, batch),
    ]);
    expect(userInfo.getUserInfo).toHaveBeenCalledTimes(1);
    await policy.handle({ permission }, personaOf('user:default/dev-a'));
    expect(userInfo.getUserInfo).toHaveBeenCalledTimes(2);
  });

  it('fails a request instead of allowing it when ownership is unknown', async () => {
    const { policy, userInfo } = createPolicy();
    userInfo.getUserInfo.mockRejectedValue(new Error('auth is down'));
    await expect(
      policy.handle(
        { permission: basic('some.other.permission') },
        personaOf('user:default/dev-a'),
      ),
    ).rejects.toThrow('auth is down');
  });
});
