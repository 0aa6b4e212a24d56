// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  coreServices,
  createBackendPlugin,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { createPermission } from '@backstage/plugin-permission-common';
import {
  type AccessGuard,
  accessGuardServiceRef,
} from '@fairway/plugin-delivery-node';
import { service } from './__testUtils__/organisation';
import { startTenants } from './__testUtils__/startTenants';

const READ = createPermission({
  name: 'fairway-flux.resource.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});

/** Somebody who is in many groups: each question repeats all of them. */
const GROUPS = Array.from(
  { length: 80 },
  (_, index): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: `a-guild-with-a-rather-long-name-${index}`,
      annotations: {
        'backstage.io/managed-by-location': 'test:organisation',
        'backstage.io/managed-by-origin-location': 'test:organisation',
      },
    },
    spec: {
      type: 'guild',
      parent: 'engineering',
      children: [],
      members: ['dev-a'],
    },
  }),
);
const SERVICES = Array.from({ length: 200 }, (_, index) =>
  service(`service-${index}`, index % 10 === 9 ? 'team-b' : 'team-a'),
);
const REFS = SERVICES.map(
  ({ metadata }) => `component:default/${metadata.name}`,
);

async function start(batched: boolean) {
  let given: { guard: AccessGuard; permissions: PermissionsService };
  const { backend } = await startTenants({
    entities: [...GROUPS, ...SERVICES],
    config: { permission: { EXPERIMENTAL_enableBatchedRequests: batched } },
    features: [
      createBackendPlugin({
        pluginId: 'asking',
        register(env) {
          env.registerInit({
            deps: {
              guard: accessGuardServiceRef,
              permissions: coreServices.permissions,
            },
            async init(services) {
              given = services;
            },
          });
        },
      }),
    ],
  });
  return { backend, ...given! };
}

describe('permissions for 200 entities and a person in 81 groups', () => {
  it.each([
    ['one by one', false, 'refused'],
    ['in batches', true, 'answered'],
  ])(
    'asked %s: the guard gives exactly the 180 that are theirs',
    async (_title, batched, allAtOnce) => {
      const { backend, guard, permissions } = await start(batched);
      const credentials = mockCredentials.user('user:default/dev-a');
      const seen = await guard.filter(REFS, READ, credentials);
      expect(seen.map(({ metadata }) => metadata.name)).toEqual(
        SERVICES.map(({ metadata }) => metadata.name).filter(
          name => !name.endsWith('9'),
        ),
      );
      // Why it asks in chunks: all in one question is more than a request may hold.
      const outcome = await permissions
        .authorize(
          REFS.map(resourceRef => ({ permission: READ, resourceRef })),
          { credentials },
        )
        .then(
          answers => (answers.length === 200 ? 'answered' : 'cut short'),
          () => 'refused',
        );
      expect(outcome).toBe(allAtOnce);
      await backend.stop();
    },
    60_000,
  );
});
