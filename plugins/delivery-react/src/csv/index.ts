// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { downloadText } from './downloadText';
export { toCsv } from './toCsv';
