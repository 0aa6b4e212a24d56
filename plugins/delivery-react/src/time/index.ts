// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { createFormats } from './formats';
export type { Formats } from './formats';
export { Timestamp } from './Timestamp';
export type { TimestampProps } from './Timestamp';
export { useFormats } from './useFormats';
export { useNow } from './useNow';
