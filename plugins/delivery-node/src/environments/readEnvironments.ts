// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Config } from '@backstage/config';
import type { Environment } from '@fairway/plugin-delivery-common';

/**
 * `fairway.environments` in their order.
 *
 * @throws an error that names the field when one is missing
 * @public
 */
export function readEnvironments(config: Config): Environment[] {
  return (config.getOptionalConfigArray('fairway.environments') ?? [])
    .map((entry, index) => ({
      name: entry.getString('name'),
      title: entry.getOptionalString('title') ?? entry.getString('name'),
      order: entry.getOptionalNumber('order') ?? index,
      targets: entry.getConfigArray('targets').map(target => ({
        cluster: target.getString('cluster'),
        namespace: target.getString('namespace'),
      })),
    }))
    .sort((a, b) => a.order - b.order);
}
