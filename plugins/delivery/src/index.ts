// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Home, team and fleet pages, made of the summaries of the other plugins.
 *
 * @packageDocumentation
 */
export { deliveryPlugin as default } from './plugin';
