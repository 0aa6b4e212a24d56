// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * What all Fairway plugins share: entity contract, environments, source states,
 * verdicts, phrases, time. Pure: no I/O, no clock of its own.
 *
 * @packageDocumentation
 */
export * from './entityContract';
export * from './environments';
export * from './home';
export * from './phrases/deliveryPhrases';
export * from './phrases/Phrase';
export * from './phrases/renderPhrase';
export * from './service/checkServiceDescription';
export * from './service/checkServiceName';
export * from './sourceState';
export * from './time/formatTime';
export * from './verdict';
