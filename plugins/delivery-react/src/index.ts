// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * What Fairway pages share in the browser: status, freshness, evidence, states of
 * sources, and live documents.
 *
 * @packageDocumentation
 */
export * from './csv';
export * from './hidden';
export * from './live';
export * from './motion';
export * from './notice';
export * from './phrases';
export * from './section';
export * from './status';
export * from './table';
export * from './time';
export * from './tone';
export * from './translation';
