// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Is my change live, and why not: the status engine and its documents.
 *
 * @packageDocumentation
 */
export * from './deployments';
export * from './permissions';
