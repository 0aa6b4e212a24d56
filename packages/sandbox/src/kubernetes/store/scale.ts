// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../types';

/** The Scale object that stands for a workload's replicas. */
export function scaleOf(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const labels = Object.entries(object.spec?.selector?.matchLabels ?? {});
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: object.spec?.replicas ?? 0 },
    status: {
      replicas: object.status?.replicas ?? 0,
      selector: labels.map(([key, value]) => `${key}=${value}`).join(','),
    },
  };
}

/** The workload with the replicas that a Scale object asks for. */
export function rescaled(object: KubeObject, scale: KubeObject): KubeObject {
  const version = scale.metadata?.resourceVersion;
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(version ? { resourceVersion: version } : {}),
    },
    spec: { ...object.spec, replicas: scale.spec?.replicas ?? 0 },
  };
}
