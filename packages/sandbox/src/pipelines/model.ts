// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** One step of a job, expanded. */
export interface PlannedStep {
  displayName: string;
  /** `Cache@2`, or `CmdLine@2` for a script. */
  task: string;
  script?: string;
  condition?: string;
}

export interface PlannedJob {
  name: string;
  displayName: string;
  steps: PlannedStep[];
}

export interface PlannedStage {
  name: string;
  displayName: string;
  condition?: string;
  jobs: PlannedJob[];
}

/** A pipeline after its templates were expanded. */
export interface PipelinePlan {
  stages: PlannedStage[];
  /** Parameters that the `extends` template was given. */
  parameters: Record<string, unknown>;
  variables: Record<string, string>;
  trigger: Trigger;
  /** The expanded document, as text. */
  finalYaml: string;
}

/** Which branches start a run by a push. */
export interface Trigger {
  include: string[];
  exclude: string[];
}

export interface DefinitionRecord {
  id: number;
  name: string;
  path: string;
  revision: number;
  project: string;
  repository: string;
  repositoryId: string;
  yamlPath: string;
  queueStatus: 'enabled' | 'disabled' | 'paused';
  createdBy: string;
  createdAt: string;
  /** Resources that the definition may use, `<type>/<id>`. */
  authorized: string[];
  /** What the creator sent beyond what is modelled here. */
  variables: Record<string, unknown>;
}

export type TaskState = 'pending' | 'inProgress' | 'completed';
export type TaskResult = 'succeeded' | 'failed' | 'skipped' | 'canceled' | null;

export interface TimelineRecord {
  id: string;
  parentId: string | null;
  type: 'Stage' | 'Phase' | 'Job' | 'Task';
  name: string;
  identifier: string;
  order: number;
  state: TaskState;
  result: TaskResult;
  startTime: string | null;
  finishTime: string | null;
  /** Of tasks. */
  task?: string;
  logId?: number;
  /** Simulated milliseconds that a task takes. */
  durationMs?: number;
  issues: Array<{ type: 'error' | 'warning'; message: string }>;
}

export interface BuildRecord {
  id: number;
  definitionId: number;
  project: string;
  repository: string;
  repositoryId: string;
  buildNumber: string;
  sourceBranch: string;
  sourceVersion: string;
  reason: 'individualCI' | 'pullRequest' | 'manual';
  pullRequestId?: number;
  requestedFor: string;
  status: 'notStarted' | 'inProgress' | 'completed';
  result?: 'succeeded' | 'failed' | 'canceled';
  queueTime: string;
  startTime?: string;
  finishTime?: string;
  parameters: Record<string, unknown>;
  validationErrors: string[];
  timeline: TimelineRecord[];
  tags: string[];
  artifacts: Array<{ id: number; name: string; files: Record<string, string> }>;
  keepForever: boolean;
  /** What the sandbox is told to do wrong: a stage's name. */
  failAt?: string;
  /** The image that a main run makes. */
  image?: { repository: string; version?: string; digest?: string };
  tests?: { total: number; passed: number };
}
