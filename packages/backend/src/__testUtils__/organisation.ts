// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createBackendModule } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';

const LOCATION = 'test:organisation';

function entity(kind: string, name: string, spec: object): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': LOCATION,
        'backstage.io/managed-by-origin-location': LOCATION,
      },
    },
    spec: { ...spec },
  };
}

function group(name: string, parent?: string): Entity {
  return entity('Group', name, { type: 'team', parent, children: [] });
}

function user(name: string, ...memberOf: string[]): Entity {
  return entity('User', name, { memberOf });
}

/** A component that a group owns. */
export function service(name: string, owner: string): Entity {
  return entity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    owner,
  });
}

/** Two teams below one department, their people, and one service of each team. */
export const ORGANISATION: Entity[] = [
  group('engineering'),
  group('team-a', 'engineering'),
  group('team-b', 'engineering'),
  group('leads', 'engineering'),
  group('platform', 'engineering'),
  user('dev-a', 'team-a'),
  user('lead-a', 'team-a', 'leads'),
  user('dev-b', 'team-b'),
  user('head', 'engineering'),
  user('platform-a', 'platform'),
  service('orders', 'team-a'),
  service('search', 'team-b'),
];

/** Puts entities into the catalog as a provider of the platform would. */
export function entitiesProvider(entities: Entity[]) {
  return createBackendModule({
    pluginId: 'catalog',
    moduleId: 'organisation',
    register(reg) {
      reg.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => 'organisation',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: entities.map(each => ({
                  entity: each,
                  locationKey: LOCATION,
                })),
              }),
          });
        },
      });
    },
  });
}
