// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { Faults, FAULT_KINDS } from './Faults';
export type { ErrorWriter, Fault, FaultKind, SystemName } from './Faults';
