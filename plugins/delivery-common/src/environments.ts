// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import { placeholdersOf, placementOf } from './entityContract';

/** One place in which an environment runs. `namespace` may hold `{team}`, `{system}`, `{component}`. @public */
export interface EnvironmentTarget {
  cluster: string;
  namespace: string;
}

/** One column of every page, from `fairway.environments[]`. @public */
export interface Environment {
  name: string;
  title: string;
  /** Ascending from the first environment that a change reaches. */
  order: number;
  targets: EnvironmentTarget[];
}

/** One place in which an entity may be found, its namespace without placeholders. @public */
export interface PlacedTarget extends EnvironmentTarget {
  environment: Environment;
}

const PLACEHOLDER = /\{([^{}]*)\}/g;
const KNOWN = ['team', 'system', 'component'];

/**
 * What is wrong with the environments of a configuration, in sentences that name
 * the field and the remedy; empty when nothing is.
 *
 * @public
 */
export function findEnvironmentProblems(environments: Environment[]): string[] {
  const names = environments.map(({ name }) => name);
  return environments.flatMap(({ name, targets }, index) => {
    const field = `fairway.environments[${index}]`;
    return [
      ...(/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)
        ? []
        : [
            `${field}.name "${name}" has to be at most 40 small letters, digits and hyphens`,
          ]),
      ...(names.indexOf(name) === index
        ? []
        : [`${field}.name "${name}" is used twice: give each its own name`]),
      ...targets.flatMap(({ namespace }, at) =>
        [...namespace.matchAll(PLACEHOLDER)]
          .filter(([, placeholder]) => !KNOWN.includes(placeholder))
          .map(
            ([placeholder]) =>
              `${field}.targets[${at}].namespace holds ${placeholder}: only {team}, {system} and {component} are known`,
          ),
      ),
    ];
  });
}

/** The environments in the order in which a change reaches them. @public */
export function sortEnvironments(environments: Environment[]): Environment[] {
  return [...environments].sort(
    (a, b) => a.order - b.order || a.name.localeCompare(b.name),
  );
}

/**
 * Where an entity asks to be looked for: its environments and clusters, and the
 * namespace of its annotation or else that of the environment. A placeholder that
 * the entity cannot fill becomes nothing. Only a request: the binding decides.
 *
 * @public
 */
export function placeEntity(
  entity: Entity,
  environments: Environment[],
): PlacedTarget[] {
  const wanted = placementOf(entity);
  const values: Record<string, string> = placeholdersOf(entity);
  return environments
    .filter(({ name }) => wanted.environments?.includes(name) ?? true)
    .flatMap(environment =>
      environment.targets
        .filter(({ cluster }) => wanted.clusters?.includes(cluster) ?? true)
        .map(target => ({
          environment,
          cluster: target.cluster,
          namespace:
            wanted.namespace ??
            target.namespace.replace(
              PLACEHOLDER,
              (_, placeholder: string) => values[placeholder] ?? '',
            ),
        })),
    );
}
