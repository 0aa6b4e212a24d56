// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ScaffolderTask,
  ScaffolderTaskOutput,
} from '@backstage/plugin-scaffolder-common';
import type { TaskStream } from '@backstage/plugin-scaffolder-react';

type StepStatus = TaskStream['steps'][string]['status'];

const STEPS = [
  ['validate', 'Check the service'],
  ['repository', 'Make the repository'],
  ['pipeline', 'Make the pipeline'],
  ['register', 'Add it to the catalog'],
  ['cleanup', 'Undo, if something failed'],
];

/** A run of a template with four steps and one for the case of a failure. */
export const TASK: ScaffolderTask = {
  id: 'task-1',
  status: 'processing',
  createdAt: '2026-01-01T00:00:00.000Z',
  lastHeartbeatAt: '2026-01-01T00:00:00.000Z',
  spec: {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    parameters: { name: 'checkout' },
    steps: STEPS.map(([id, name]) => ({ id, name, action: 'x' })),
    output: {
      links: [
        {
          title: 'Open it',
          entityRef: '${{ steps.register.output.entityRef }}',
        },
        { title: 'Repository', url: '${{ steps.repository.output.url }}' },
        { title: 'Pipeline', url: '${{ steps.pipeline.output.url }}' },
      ],
    },
  },
};

/** What `useTaskEventStream` says of that run; times stand before each line of a log. */
export function taskStream(state: {
  task?: ScaffolderTask;
  steps?: Record<string, StepStatus>;
  stepLogs?: Record<string, string[]>;
  completed?: boolean;
  cancelled?: boolean;
  error?: Error;
  output?: ScaffolderTaskOutput;
}): TaskStream {
  return {
    loading: false,
    completed: state.completed ?? false,
    cancelled: state.cancelled ?? false,
    error: state.error,
    output: state.output,
    task: 'task' in state ? state.task : TASK,
    steps: Object.fromEntries(
      STEPS.map(([id]) => [id, { id, status: state.steps?.[id] ?? 'open' }]),
    ),
    stepLogs: Object.fromEntries(
      STEPS.map(([id]) => [
        id,
        (state.stepLogs?.[id] ?? []).map(
          line => `2026-01-01T00:00:00.000Z ${line}`,
        ),
      ]),
    ),
  };
}
