// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { DeploymentCommit } from '@fairway/plugin-flux-common';

/** What Fairway asks of the host of a GitOps repository. Paths have no leading slash; revisions are full commit ids. */
export interface GitOpsSource {
  /**
   * The newest commit up to `at` that touched something at or below `path`,
   * not later than `until` (ISO 8601); undefined when there is none.
   *
   * @throws SourceError
   */
  newestCommit(options: {
    path: string;
    at: string;
    until?: string;
  }): Promise<DeploymentCommit | undefined>;
  /**
   * Files that differ between two commits; `everything` when the host cannot
   * say, because one of them is gone or there are too many.
   *
   * @throws SourceError
   */
  changedPaths(options: {
    from: string;
    to: string;
  }): Promise<string[] | 'everything'>;
  /** Text of a file, or undefined when there is none. @throws SourceError */
  readFile(options: { path: string; at: string }): Promise<string | undefined>;
  /** Why the host does not answer; undefined when nothing is wrong. */
  status(): SourceStatus | undefined;
}

/** Finds the host of a repository by its clone URL. */
export interface GitOpsSources {
  /** Undefined for a host that no adapter knows. */
  forRepository(url: string): GitOpsSource | undefined;
}
