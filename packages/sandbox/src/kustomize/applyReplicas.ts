// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { KustomizeError } from './KustomizeError';
import type { Resource } from './Resource';

const SCALABLE = new Set([
  'Deployment',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
]);

export interface ReplicasField {
  name: string;
  count: number;
}

/** Sets `spec.replicas` of the workload of that name, by its present or original name. */
export function applyReplicas(
  resources: readonly Resource[],
  fields: readonly ReplicasField[],
): void {
  for (const field of fields) {
    const found = resources.filter(
      resource =>
        SCALABLE.has(resource.kind) &&
        (resource.originalName === field.name || resource.name === field.name),
    );
    if (found.length === 0) {
      throw new KustomizeError(
        `resource with name ${field.name} does not match a config with the following GVK [Deployment.[noVer].[noGrp] ReplicationController.[noVer].[noGrp] ReplicaSet.[noVer].[noGrp] StatefulSet.[noVer].[noGrp]]`,
      );
    }
    for (const resource of found) {
      resource.object.spec = { ...resource.object.spec, replicas: field.count };
    }
  }
}
