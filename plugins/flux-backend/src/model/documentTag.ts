// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { etagOf } from '@fairway/plugin-delivery-node';
import type { DeploymentsDocument } from '@fairway/plugin-flux-common';

/**
 * A weak validator that stays the same while nothing is news: the age of a
 * source that is current moves with every heartbeat of its watch.
 */
export function documentTag(document: DeploymentsDocument): string {
  return etagOf({
    ...document,
    environments: document.environments.map(environment => ({
      ...environment,
      targets: environment.targets.map(target => ({
        ...target,
        source:
          target.source.state === 'current'
            ? { ...target.source, asOf: undefined }
            : target.source,
      })),
    })),
  });
}
