// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * The embedded platform, as tests of other packages use it.
 *
 * @packageDocumentation
 */
export { ControlledClock, WallClock } from './clock';
export { EXPIRED_PAT, PAT, startDevOps } from './devops';
export type { RunningDevOps } from './devops';
export { Faults } from './faults';
export type { Fault } from './faults';
export { startFlux } from './flux';
export type { Flux } from './flux';
export {
  BUILTIN_KINDS,
  KubernetesApiServer,
  openCluster,
  startCluster,
} from './kubernetes';
export type { Cluster, KubeObject, ObjectRef } from './kubernetes';
export { FileTree, renderKustomization } from './kustomize';
export { MemoryImageRegistry } from './registry';
export { StateStore } from './state';
