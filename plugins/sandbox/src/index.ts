// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * The page, banner and sign-in of the embedded sandbox.
 *
 * @packageDocumentation
 */
export { sandboxFeatures as default } from './sandboxFeatures';
