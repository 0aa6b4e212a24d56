// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { ApiError } from './ApiError';
export { BUILTIN_KINDS } from './kinds/builtinKinds';
export { FLUX_KINDS } from './kinds/fluxKinds';
export { DefaultClusterStore } from './store/DefaultClusterStore';
export type { ClusterStoreOptions } from './store/DefaultClusterStore';
export { openCluster, startCluster } from './startCluster';
export type { Cluster, ClusterOptions } from './startCluster';
export { KubernetesApiServer } from './server/KubernetesApiServer';
export type {
  ApiServerOptions,
  RequestCounters,
} from './server/KubernetesApiServer';
export { AccessTable, SANDBOX_SUBJECTS } from './server/AccessTable';
export type { AccessRule, Subject } from './server/AccessTable';
export type * from './types';
