// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { FileTree } from './FileTree';
export type { TreeReads } from './FileTree';
export { KustomizeError } from './KustomizeError';
export { generateKustomization } from './generateKustomization';
export type { FluxOverrides } from './generateKustomization';
export { labelSelector } from './labelSelector';
export { renderKustomization } from './renderKustomization';
