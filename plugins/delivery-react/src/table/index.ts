// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { StackingTable } from './StackingTable';
