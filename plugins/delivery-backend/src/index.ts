// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Backend of what all delivery pages share.
 *
 * @packageDocumentation
 */
export { deliveryPlugin as default } from './plugin';
