// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { FAULT_KINDS, faultKindsOf, Faults } from './Faults';
export type { ErrorWriter, Fault, FaultKind, SystemName } from './Faults';
