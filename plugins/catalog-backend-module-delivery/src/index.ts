// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * What the catalog has to know for Fairway.
 *
 * @packageDocumentation
 */
export { catalogModuleDelivery as default } from './module';
