// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export type { Clock, Timer } from './Clock';
export { ControlledClock } from './ControlledClock';
export { WallClock } from './WallClock';
