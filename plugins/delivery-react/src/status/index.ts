// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { Freshness } from './Freshness';
export type { FreshnessProps } from './Freshness';
export { StatusPill } from './StatusPill';
export type { StatusPillProps } from './StatusPill';
export { ToneIcon } from './ToneIcon';
