// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterStore } from '../kubernetes/types';
import { stamp } from './objects';

/** Makes the nodes of a cluster's user pool, when they are not there yet. */
export function ensureNodes(
  store: ClusterStore,
  options: { count: number; region: string; now: Date },
): void {
  for (let at = 0; at < options.count; at++) {
    const name = `aks-user1-31337042-vmss00000${at}`;
    if (store.get({ apiVersion: 'v1', kind: 'Node', name })) {
      continue;
    }
    const capacity = { cpu: '8', memory: '32Gi', pods: '110' };
    store.create(
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name,
          labels: {
            'kubernetes.io/hostname': name,
            'kubernetes.azure.com/agentpool': 'user1',
            'node.kubernetes.io/instance-type': 'Standard_D8ds_v5',
            'topology.kubernetes.io/region': options.region,
            'topology.kubernetes.io/zone': `${options.region}-${(at % 3) + 1}`,
          },
        },
        spec: {},
        status: {
          capacity,
          allocatable: { cpu: '7820m', memory: '28Gi', pods: '110' },
          nodeInfo: { kubeletVersion: 'v1.36.3', osImage: 'AzureLinux 3.0' },
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              reason: 'KubeletReady',
              message: 'kubelet is posting ready status',
              lastTransitionTime: stamp(options.now),
            },
          ],
        },
      },
      { manager: 'kubelet' },
    );
  }
}
