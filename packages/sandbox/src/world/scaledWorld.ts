// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DemoService, DemoWorld } from './DemoWorld';

/** Days after which a service of the crowd reached each environment: long ago, and all of them at once. */
const AGES = { dev: '60d', staging: '59d', prod: '58d' };

/**
 * The demo world with as many services more as make `count`, for measurements:
 * `crowd-0001` and so on, spread over the teams, one release each, healthy and
 * at rest. They have no repositories of their own.
 */
export function scaledWorld(world: DemoWorld, count: number): DemoWorld {
  const teams = world.organisation.groups.filter(group => group.parent);
  const missing = Math.max(0, count - world.services.length);
  const crowd = Array.from({ length: missing }, (_, at): DemoService => {
    const team = teams[at % teams.length].name;
    const author = world.organisation.people.find(
      ({ group }) => group === team,
    )!.name;
    return {
      name: `crowd-${String(at + 1).padStart(4, '0')}`,
      team,
      description: 'One of many',
      kind: 'Deployment',
      granted: true,
      ownRepository: false,
      environments: ['dev', 'staging', 'prod'],
      healthChecked: true,
      replicas: { dev: 1, staging: 1, prod: 1 },
      trouble: {},
      suspended: {},
      releases: [
        { version: '1.0.0', subject: 'First release', author, ...AGES },
      ],
    };
  });
  return { ...world, services: [...world.services, ...crowd] };
}
