// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * For tests of backend plugins that use this package.
 *
 * @packageDocumentation
 */
export { CALLERS, checkRoutes } from './checkRoutes';
export type { Caller, RouteFindings, RouteRow } from './checkRoutes';
export { listRoutes } from './listRoutes';
