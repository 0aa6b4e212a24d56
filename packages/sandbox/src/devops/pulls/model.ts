// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Json } from '../http/Locations';

export interface Reviewer {
  name: string;
  /** 10 approved, 5 with suggestions, 0 none, -5 waiting for author, -10 rejected. */
  vote: number;
  isRequired: boolean;
}

export interface Comment {
  id: number;
  author: string;
  content: string;
  at: string;
}

export interface Thread {
  id: number;
  /** `active` and `pending` hold a pull request back where comments must be resolved. */
  status: string;
  comments: Comment[];
  context?: Json;
}

export interface PullRequestStatus {
  id: number;
  state: string;
  description: string;
  genre: string;
  name: string;
  targetUrl?: string;
  by: string;
  at: string;
}

export interface PullRequestRecord {
  id: number;
  project: string;
  repository: string;
  repositoryId: string;
  title: string;
  description: string;
  status: 'active' | 'completed' | 'abandoned';
  isDraft: boolean;
  createdBy: string;
  createdAt: string;
  closedBy?: string;
  closedAt?: string;
  /** Full ref names. */
  source: string;
  target: string;
  mergeStatus: 'queued' | 'succeeded' | 'conflicts' | 'failure';
  sourceCommit?: string;
  targetCommit?: string;
  mergeCommit?: string;
  conflicts: string[];
  reviewers: Reviewer[];
  labels: string[];
  workItems: string[];
  autoCompleteSetBy?: string;
  completionOptions: Json;
  threads: Thread[];
  statuses: PullRequestStatus[];
}

export interface PolicyRecord {
  id: number;
  project: string;
  type: string;
  revision: number;
  isEnabled: boolean;
  isBlocking: boolean;
  createdBy: string;
  createdAt: string;
  settings: Json;
}

export type EvaluationStatus =
  | 'queued'
  | 'running'
  | 'approved'
  | 'rejected'
  | 'notApplicable';

export interface Evaluation {
  policy: PolicyRecord;
  status: EvaluationStatus;
  /** Why, in words for a person. */
  reason: string;
  context?: Json;
}
