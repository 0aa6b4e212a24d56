// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * For tests of pages that use this package.
 *
 * @packageDocumentation
 */
export { FakeDeliveryApi } from './FakeDeliveryApi';
export { findRawLiterals } from './findRawLiterals';
export type { FindRawLiteralsOptions } from './findRawLiterals';
export {
  PSEUDO_MARKS,
  createPseudoTranslationApi,
} from './pseudoTranslationApi';
