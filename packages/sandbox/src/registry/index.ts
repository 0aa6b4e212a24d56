// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { digestOf, MemoryImageRegistry } from './MemoryImageRegistry';
export type { ImageRegistry, PublishedImage } from './types';
export { releasedImages } from './releasedImages';
export { startRegistry } from './startRegistry';
