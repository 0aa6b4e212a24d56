// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

export { DiskGitStore } from './DiskGitStore';
export { GitSnapshot } from './GitSnapshot';
export { GitRepository, StaleReferenceError, ZERO } from './GitRepository';
export type { LogOptions, RefUpdate, TreeEntry } from './GitRepository';
export { GitError } from './runGit';
export type {
  GitChange,
  GitCommitInfo,
  GitPerson,
  GitReader,
  GitRepositoryRef,
  GitStore,
  PushEvent,
} from './types';
export {
  aheadBehind,
  compareTrees,
  EMPTY_TREE,
  mergeBase,
} from './compareTrees';
export type { TreeChange } from './compareTrees';
export { commitTree, mergeTrees } from './mergeTrees';
export { isPush, serveGit } from './GitHttp';
