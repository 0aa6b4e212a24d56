// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type Environment,
  findEnvironmentProblems,
  sortEnvironments,
} from '@fairway/plugin-delivery-common';

/**
 * `fairway.environments` in their order; without `order` that of the list.
 *
 * @throws an error that names the field when one is missing or cannot work
 * @public
 */
export function readEnvironments(config: Config): Environment[] {
  const environments = (
    config.getOptionalConfigArray('fairway.environments') ?? []
  ).map((entry, index) => ({
    name: entry.getString('name'),
    title: entry.getOptionalString('title') ?? entry.getString('name'),
    order: entry.getOptionalNumber('order') ?? index,
    targets: entry.getConfigArray('targets').map(target => ({
      cluster: target.getString('cluster'),
      namespace: target.getString('namespace'),
    })),
  }));
  const problems = findEnvironmentProblems(environments);
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
  return sortEnvironments(environments);
}
