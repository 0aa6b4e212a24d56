// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Services that Fairway backend plugins share.
 *
 * @packageDocumentation
 */
export * from './access/types';
export * from './clusters/types';
export * from './live/types';
export * from './watch/projections';
export * from './watch/types';
