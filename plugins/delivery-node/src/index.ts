// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * Services that Fairway backend plugins share.
 *
 * @packageDocumentation
 */
export { groupMemberCondition, isGroupMember } from './access/isGroupMember';
export * from './access/types';
export * from './clusters/types';
export { readEnvironments } from './environments/readEnvironments';
export { hideInternalErrors } from './http/hideInternalErrors';
export { etagOf, sendDocument } from './http/sendDocument';
export * from './live/types';
export * from './services';
export * from './summaries/types';
export * from './watch/projections';
export * from './watch/types';
