// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { LoadingSkeleton } from './LoadingSkeleton';
export type { LoadingSkeletonProps } from './LoadingSkeleton';
export { Section } from './Section';
export type { SectionProps } from './Section';
export { SourceFooter } from './SourceFooter';
export type { SourceFooterProps } from './SourceFooter';
