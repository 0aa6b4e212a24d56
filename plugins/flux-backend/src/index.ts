// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Deployments of an entity: model, history and HTTP.
 *
 * @packageDocumentation
 */
export { fluxPlugin as default } from './plugin';
