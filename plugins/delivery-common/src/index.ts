// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * What all Fairway plugins share: entity contract, environments, source states,
 * verdicts, time. Pure: no I/O, no clock of its own.
 *
 * @packageDocumentation
 */
export * from './environments';
export * from './home';
export * from './sourceState';
export * from './verdict';
