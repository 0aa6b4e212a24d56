// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { EXPIRED_PAT, ORGANISATION, PAT } from './DevOpsServer';
export { startDevOps } from './startDevOps';
export type {
  DevOpsOptions,
  OpenPullRequest,
  RunningDevOps,
} from './startDevOps';
