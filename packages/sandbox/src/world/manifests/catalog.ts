// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { stringify } from 'yaml';
import { type DemoService, type DemoWorld, namespaceOf } from '../DemoWorld';

function entity(
  kind: string,
  apiVersion: string,
  metadata: object,
  spec: object,
): object {
  return { apiVersion: `backstage.io/${apiVersion}`, kind, metadata, spec };
}

/** `catalog-info.yaml` of one service, as it lies in the service's repository. */
export function serviceEntity(demo: DemoService): string {
  return stringify(
    entity(
      'Component',
      'v1alpha1',
      {
        name: demo.name,
        description: demo.description,
        annotations: {
          'backstage.io/kubernetes-id': demo.name,
          'backstage.io/kubernetes-namespace': namespaceOf(demo),
          ...(demo.ownRepository
            ? {
                'dev.azure.com/project-repo': `${demo.team}/${demo.name}`,
                'dev.azure.com/build-definition': demo.name,
              }
            : {}),
          'fairway.dev/gitops-path': `apps/${demo.team}/${demo.name}`,
          ...(demo.environments.length < 3
            ? { 'fairway.dev/environments': demo.environments.join(',') }
            : {}),
        },
      },
      {
        type: demo.kind === 'CronJob' ? 'job' : 'service',
        lifecycle: 'production',
        owner: demo.owner ?? `group:default/${demo.team}`,
        system: systemOf(demo.team),
      },
    ),
  );
}

/** The repository `platform/catalog`: people, teams, systems and where the services are. */
export function catalogFiles(
  world: DemoWorld,
  organisationUrl: string,
): Map<string, string> {
  const { groups, people } = world.organisation;
  const org = [
    ...groups.map(group =>
      entity(
        'Group',
        'v1alpha1',
        { name: group.name, description: group.description },
        {
          type: group.parent ? 'team' : 'department',
          profile: { displayName: group.title },
          ...(group.parent ? { parent: group.parent } : {}),
          children: [],
        },
      ),
    ),
    ...people.map(person =>
      entity(
        'User',
        'v1alpha1',
        {
          name: person.name,
          annotations: {
            ...(person.persona
              ? { 'fairway.dev/sandbox-persona': 'true' }
              : {}),
            ...(person.leads ? { 'fairway.dev/leads': person.leads } : {}),
          },
        },
        {
          profile: {
            displayName: person.title,
            email: `${person.name}@example.com`,
          },
          memberOf: [person.group],
        },
      ),
    ),
  ];
  const systems = groups
    .filter(group => group.parent)
    .map(group =>
      entity(
        'System',
        'v1alpha1',
        { name: systemOf(group.name), description: group.description },
        { owner: `group:default/${group.name}` },
      ),
    );
  const services = entity(
    'Location',
    'v1alpha1',
    { name: 'services' },
    {
      type: 'url',
      targets: world.services
        .filter(({ ownRepository }) => ownRepository)
        .map(
          demo =>
            `${organisationUrl}/${demo.team}/_git/${demo.name}?path=/catalog-info.yaml`,
        ),
    },
  );
  const others = world.services.filter(({ ownRepository }) => !ownRepository);
  const join = (objects: object[]) =>
    objects.map(object => stringify(object)).join('---\n');
  return new Map([
    [
      'all.yaml',
      stringify(
        entity(
          'Location',
          'v1alpha1',
          { name: 'all' },
          {
            type: 'url',
            targets: [
              './systems.yaml',
              './services.yaml',
              ...(others.length > 0 ? ['./others.yaml'] : []),
            ],
          },
        ),
      ),
    ],
    ['org.yaml', join(org)],
    ['systems.yaml', join(systems)],
    ['services.yaml', stringify(services)],
    ...(others.length > 0
      ? [
          ['others.yaml', others.map(serviceEntity).join('---\n')] as [
            string,
            string,
          ],
        ]
      : []),
  ]);
}

function systemOf(team: string): string {
  const systems: Record<string, string> = {
    'team-a': 'shop',
    'team-b': 'catalogue',
    'team-c': 'delivery',
    'team-d': 'accounts',
    'team-e': 'finance',
    platform: 'platform',
  };
  return systems[team] ?? team;
}
