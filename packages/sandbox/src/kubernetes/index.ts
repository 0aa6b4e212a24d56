// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { ApiError } from './ApiError';
export { BUILTIN_KINDS } from './kinds/builtinKinds';
export { customResourceDefinition, FLUX_KINDS } from './kinds/fluxKinds';
export { DefaultClusterStore } from './store/DefaultClusterStore';
export type { ClusterStoreOptions } from './store/DefaultClusterStore';
export type * from './types';
