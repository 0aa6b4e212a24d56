// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import {
  type Environment,
  findEnvironmentProblems,
  placeEntity,
  sortEnvironments,
} from './environments';

function environment(
  name: string,
  order: number,
  ...targets: Array<[cluster: string, namespace: string]>
): Environment {
  return {
    name,
    title: name.toUpperCase(),
    order,
    targets: targets.map(([cluster, namespace]) => ({ cluster, namespace })),
  };
}

function component(options: {
  annotations?: Record<string, string>;
  owner?: string;
  system?: unknown;
}): Entity {
  const { annotations, owner, system } = options;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'orders', namespace: 'default', annotations },
    spec: { system: system as string },
    relations: owner
      ? [
          { type: 'partOf', targetRef: 'system:default/shop' },
          { type: 'ownedBy', targetRef: owner },
          { type: 'ownedBy', targetRef: 'user:default/somebody' },
        ]
      : undefined,
  };
}

const DEV = environment('dev', 1, ['aks-dev', '{team}']);
const PROD = environment(
  'prod',
  3,
  ['aks-prod-weu', '{system}-{component}'],
  ['aks-prod-neu', 'fixed'],
);

function places(entity: Entity) {
  return placeEntity(entity, [DEV, PROD]).map(
    target =>
      `${target.environment.name} ${target.cluster}/${target.namespace}`,
  );
}

describe('placeEntity', () => {
  it.each<[string, Entity, string[]]>([
    [
      'fills the placeholders from owner, system and name',
      component({ owner: 'group:default/team-a', system: 'shop' }),
      [
        'dev aks-dev/team-a',
        'prod aks-prod-weu/shop-orders',
        'prod aks-prod-neu/fixed',
      ],
    ],
    [
      'reads only the name of a full reference',
      component({
        owner: 'group:other/team-a',
        system: 'system:other/shop',
        annotations: { 'fairway.dev/environments': 'prod' },
      }),
      ['prod aks-prod-weu/shop-orders', 'prod aks-prod-neu/fixed'],
    ],
    [
      'keeps to the named environments and clusters, in the order of the configuration',
      component({
        owner: 'group:default/team-a',
        annotations: {
          'fairway.dev/environments': ' prod , dev,nowhere, ',
          'backstage.io/kubernetes-cluster': 'aks-prod-neu,aks-dev',
        },
      }),
      ['dev aks-dev/team-a', 'prod aks-prod-neu/fixed'],
    ],
    [
      'lets the annotation name the namespace',
      component({
        annotations: { 'backstage.io/kubernetes-namespace': ' special ' },
      }),
      [
        'dev aks-dev/special',
        'prod aks-prod-weu/special',
        'prod aks-prod-neu/special',
      ],
    ],
    [
      'takes empty annotations for absent ones',
      component({
        owner: 'group:default/team-a',
        annotations: {
          'fairway.dev/environments': ' , ',
          'backstage.io/kubernetes-cluster': '',
          'backstage.io/kubernetes-namespace': ' ',
        },
        system: 'shop',
      }),
      [
        'dev aks-dev/team-a',
        'prod aks-prod-weu/shop-orders',
        'prod aks-prod-neu/fixed',
      ],
    ],
    [
      'leaves nothing where nothing is known',
      component({ system: ['not', 'a', 'reference'], owner: ':' }),
      ['dev aks-dev/', 'prod aks-prod-weu/-orders', 'prod aks-prod-neu/fixed'],
    ],
  ])('%s', (_, entity, expected) => {
    expect(places(entity)).toEqual(expected);
  });
});

describe('sortEnvironments', () => {
  it('goes by order, then by name, and leaves its argument alone', () => {
    const given = [PROD, environment('b', 1), environment('a', 1)];
    expect(sortEnvironments(given).map(({ name }) => name)).toEqual([
      'a',
      'b',
      'prod',
    ]);
    expect(given[0]).toBe(PROD);
  });
});

describe('findEnvironmentProblems', () => {
  it('finds nothing in a good configuration', () => {
    expect(findEnvironmentProblems([DEV, PROD])).toEqual([]);
  });

  it('names field and remedy', () => {
    expect(
      findEnvironmentProblems([
        DEV,
        environment('dev', 2),
        environment('Prod West', 3, ['aks-prod', '{owner}-{team}-{}']),
      ]),
    ).toEqual([
      'fairway.environments[1].name "dev" is used twice: give each its own name',
      'fairway.environments[2].name "Prod West" has to be at most 40 small letters, digits and hyphens',
      'fairway.environments[2].targets[0].namespace holds {owner}: only {team}, {system} and {component} are known',
      'fairway.environments[2].targets[0].namespace holds {}: only {team}, {system} and {component} are known',
    ]);
  });
});
