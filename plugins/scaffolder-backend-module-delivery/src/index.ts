// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Scaffolder actions for Azure DevOps, GitOps and manifests.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDelivery as default } from './module';
