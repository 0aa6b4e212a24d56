// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { WatchCache } from '../watch/types';
import { DefaultBindingService } from './DefaultBindingService';

const ENVIRONMENTS = [
  {
    name: 'prod',
    title: 'Production',
    order: 2,
    targets: [
      { cluster: 'prod-weu', namespace: '{team}' },
      { cluster: 'prod-neu', namespace: '{team}' },
    ],
  },
  { name: 'dev', targets: [{ cluster: 'dev', namespace: '{team}' }] },
];

function group(name: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    relations: parent
      ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
      : [],
  };
}

/** A circle at the top: organisations as they are written by hand. */
const GROUPS = [
  group('squad', 'team-a'),
  group('team-a', 'engineering'),
  group('team-b', 'engineering'),
  group('engineering', 'company'),
  group('company', 'engineering'),
];

function component(
  owner: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'orders', namespace: 'default', annotations },
    relations: owner
      ? [{ type: 'ownedBy', targetRef: `group:default/${owner}` }]
      : [],
  };
}

/** `cluster/namespace` to the owner that its Namespace object names. */
type Namespaces = Record<string, string | undefined>;

function start(options: {
  namespaces: Namespaces;
  binding?: object;
  status?: SourceStatus;
  groups?: Entity[];
}) {
  const events: Array<AuditorServiceCreateEventOptions & { end: string }> = [];
  const watch: Partial<WatchCache> = {
    status: async () => options.status ?? { state: 'current' },
    // Only the kind Namespace is asked for here.
    get: (async (_: string, at: { cluster: string; name: string }) => {
      const key = `${at.cluster}/${at.name}`;
      return key in options.namespaces
        ? { owner: options.namespaces[key] }
        : undefined;
    }) as unknown as WatchCache['get'],
  };
  const catalog = catalogServiceMock({ entities: options.groups ?? GROUPS });
  const binding = DefaultBindingService.create({
    config: mockServices.rootConfig({
      data: {
        fairway: { environments: ENVIRONMENTS, binding: options.binding ?? {} },
      },
    }),
    watch: watch as WatchCache,
    catalog,
    auth: mockServices.auth(),
    auditor: mockServices.auditor.mock({
      createEvent: async event => ({
        success: async () => {
          events.push({ ...event, end: 'success' });
        },
        fail: async ({ error }) => {
          events.push({ ...event, end: error.message });
        },
      }),
    }),
  });
  const summary = async (entity: Entity) =>
    (await binding.targets(entity)).map(
      ({ environment, cluster, namespace, refused }) =>
        `${environment.name} ${cluster}/${namespace}: ${
          refused ? `${refused.state} ${refused.reason?.code}` : 'granted'
        }`,
    );
  return { binding, summary, events };
}

const ALL_TEAM_A: Namespaces = {
  'dev/team-a': 'group:default/team-a',
  'prod-weu/team-a': 'team-a',
  'prod-neu/team-a': 'Group:Default/Team-A',
};

describe('DefaultBindingService', () => {
  it('grants the namespaces of the owner in the order of the environments', async () => {
    const { summary, events } = start({ namespaces: ALL_TEAM_A });
    expect(await summary(component('team-a'))).toEqual([
      'dev dev/team-a: granted',
      'prod prod-weu/team-a: granted',
      'prod prod-neu/team-a: granted',
    ]);
    expect(events).toEqual([]);
  });

  it.each([
    ['an ancestor of the owner', 'squad', 'engineering', 'granted'],
    [
      'a child of the owner',
      'team-a',
      'squad',
      'not-bound binding.other-owner',
    ],
    [
      'a sister of the owner',
      'team-a',
      'team-b',
      'not-bound binding.other-owner',
    ],
    ['what is no reference', 'team-a', ':', 'not-bound binding.other-owner'],
    ['nobody', 'team-a', undefined, 'not-bound binding.no-owner'],
  ])(
    'when the namespace belongs to %s',
    async (_, owner, granted, expected) => {
      const { summary } = start({ namespaces: { 'dev/shared': granted } });
      expect(
        await summary(
          component(owner, {
            'fairway.dev/environments': 'dev',
            'backstage.io/kubernetes-namespace': 'shared',
          }),
        ),
      ).toEqual([`dev dev/shared: ${expected}`]);
    },
  );

  it('grants nothing to an entity without an owner, and nothing where there is no namespace', async () => {
    const { summary } = start({
      namespaces: { 'dev/': 'group:default/team-a' },
    });
    expect(await summary(component(''))).toEqual([
      'dev dev/: not-bound binding.other-owner',
      'prod prod-weu/: not-bound binding.no-namespace',
      'prod prod-neu/: not-bound binding.no-namespace',
    ]);
  });

  it('says whom to ask, and writes each refusal to the audit log once', async () => {
    const { binding, events } = start({
      namespaces: { ...ALL_TEAM_A, 'prod-neu/team-a': 'group:default/team-b' },
    });
    const entity = component('team-a', {
      'backstage.io/kubernetes-cluster': 'prod-neu',
    });
    const params = {
      cluster: 'prod-neu',
      namespace: 'team-a',
      owner: 'group:default/team-a',
    };
    for (let reading = 0; reading < 3; reading++) {
      expect(await binding.targets(entity)).toEqual([
        {
          environment: expect.objectContaining({ name: 'prod' }),
          cluster: 'prod-neu',
          namespace: 'team-a',
          refused: {
            state: 'not-bound',
            reason: { code: 'binding.other-owner', params },
            next: { code: 'binding.ask-platform', params },
          },
        },
      ]);
    }
    expect(events).toEqual([
      {
        eventId: 'binding-refuse',
        severityLevel: 'medium',
        meta: {
          entityRef: 'component:default/orders',
          cluster: 'prod-neu',
          namespace: 'team-a',
          reason: 'binding.other-owner',
          mode: 'enforce',
        },
        end: 'The namespace team-a of prod-neu does not belong to group:default/team-a',
      },
    ]);
  });

  it('grants in report mode, and writes what enforce would hide', async () => {
    const { summary, events } = start({
      namespaces: { 'dev/team-a': 'group:default/team-b' },
      binding: { mode: 'report' },
    });
    const entity = component('team-a', { 'fairway.dev/environments': 'dev' });
    expect(await summary(entity)).toEqual(['dev dev/team-a: granted']);
    expect(events).toMatchObject([
      { meta: { mode: 'report' }, end: 'success' },
    ]);
  });

  it('lets configuration grant what no Namespace object does, also where namespaces cannot be read', async () => {
    const { summary, events } = start({
      namespaces: {},
      status: { state: 'forbidden' },
      binding: {
        allow: [
          {
            entityRef: 'Component:default/Orders',
            namespace: 'legacy',
            cluster: 'prod-neu',
          },
          { entityRef: 'component:default/payments', namespace: 'legacy' },
        ],
      },
    });
    expect(
      await summary(
        component('team-a', {
          'backstage.io/kubernetes-namespace': 'legacy',
          'fairway.dev/environments': 'prod',
        }),
      ),
    ).toEqual([
      'prod prod-weu/legacy: forbidden undefined',
      'prod prod-neu/legacy: granted',
    ]);
    expect(events).toEqual([]);
  });

  it('shows why a cluster is silent instead of calling its namespaces unbound', async () => {
    const status: SourceStatus = {
      state: 'unreachable',
      reason: { code: 'source.unreachable', params: {} },
    };
    const { binding, events } = start({ namespaces: {}, status });
    const targets = await binding.targets(component('team-a'));
    expect(targets.map(({ refused }) => refused)).toEqual([
      status,
      status,
      status,
    ]);
    expect(events).toEqual([]);
  });

  it.each([
    [{ mode: 'off' }, 'fairway.binding.mode is "off": give enforce or report'],
    [
      { allow: [{ entityRef: 'orders', namespace: 'x' }] },
      'fairway.binding.allow[0].entityRef is "orders": give a reference such as component:default/orders',
    ],
  ])('refuses to start with %j', (binding, message) => {
    expect(() => start({ namespaces: {}, binding })).toThrow(message);
  });
});
