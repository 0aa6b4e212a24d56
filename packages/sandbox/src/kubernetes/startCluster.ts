// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { Faults } from '../faults';
import type { ImageRegistry } from '../registry/types';
import type { StateStore } from '../state';
import { ensureNodes, startWorkloads } from '../workloads';
import { BUILTIN_KINDS } from './kinds/builtinKinds';
import { FLUX_KINDS } from './kinds/fluxKinds';
import {
  KubernetesApiServer,
  type RequestCounters,
} from './server/KubernetesApiServer';
import { DefaultClusterStore } from './store/DefaultClusterStore';
import type { ResourceKind } from './types';

export interface ClusterOptions {
  name: string;
  /** 0 takes any free port. */
  port: number;
  clock: Clock;
  faults: Faults;
  registry: ImageRegistry;
  /** Without one the cluster ends with the process. */
  state?: StateStore;
  /** How many nodes are made when there are none. */
  nodes?: number;
  /** Azure region of the nodes. */
  region?: string;
  /** Real milliseconds that every answer waits, for measurements. */
  latencyMs?: number;
  /** What is served from the start; the built-in kinds and those of Flux when left out. */
  kinds?: ResourceKind[];
}

export interface Cluster {
  store: DefaultClusterStore;
  url: string;
  counters(): RequestCounters;
  stop(): Promise<void>;
}

/** Opens a cluster's store as `startCluster` does, without controllers and without HTTP. */
export function openCluster(options: {
  name: string;
  clock: Clock;
  state?: StateStore;
  kinds?: ResourceKind[];
}): DefaultClusterStore {
  return DefaultClusterStore.create({
    ...options,
    kinds: options.kinds ?? [...BUILTIN_KINDS, ...FLUX_KINDS],
  });
}

/** Starts one cluster: its objects, the controllers of its workloads, its API. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { clock, registry } = options;
  const store = openCluster(options);
  ensureNodes(store, {
    count: options.nodes ?? 3,
    region: options.region ?? 'westeurope',
    now: clock.now(),
  });
  const stopWorkloads = startWorkloads({ store, clock, registry });
  const server = await KubernetesApiServer.start({
    store,
    clock,
    faults: options.faults,
    port: options.port,
    latencyMs: options.latencyMs,
  });
  return {
    store,
    url: server.url,
    counters: () => server.counters(),
    stop: async () => {
      stopWorkloads();
      await server.stop();
    },
  };
}
