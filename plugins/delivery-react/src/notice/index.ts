// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { CopyCommand } from './CopyCommand';
export { EmptyState } from './EmptyState';
export type { EmptyStateProps } from './EmptyState';
export { ErrorState } from './ErrorState';
export type { ErrorStateProps } from './ErrorState';
export { EvidenceList } from './EvidenceList';
export { SourceNotice } from './SourceNotice';
export type { SourceNoticeProps } from './SourceNotice';
export { VerdictText } from './VerdictText';
export type { VerdictTextProps } from './VerdictText';
