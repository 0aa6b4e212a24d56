// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Deployments page and card of a service.
 *
 * @packageDocumentation
 */
export { fluxPlugin as default } from './plugin';
export { fluxApiRef } from './api';
export type { FluxApi } from './api';
export { fluxTranslationRef } from './translation';
