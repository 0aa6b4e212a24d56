// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Sign-in as a demo persona, for the embedded sandbox only.
 *
 * @packageDocumentation
 */
export { authModuleSandbox as default } from './module';
