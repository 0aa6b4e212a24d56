// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { guidOf } from '../devops/http/guid';
import type { PipelinePlan, PlannedStep, TimelineRecord } from './model';

/** Simulated seconds that a step takes, by what it does; the first match counts. */
const DURATIONS: Array<[RegExp, number]> = [
  [/^checkout/i, 4],
  [/codeql-analyze|analyse code/i, 35],
  [/codeql-init/i, 10],
  [/dependency-scanning/i, 15],
  [/docker@|^build/i, 45],
  [/trivy|scan/i, 25],
  [/npm ci|install packages|restore/i, 14],
  [/^test$|npm test|pytest|go test|mvn/i, 20],
  [/push tags|oras/i, 12],
  [/lint/i, 8],
  [/usenode/i, 6],
];
const OTHER_STEP = 3;
const INITIALIZE = 3;

/** How long a step takes, in simulated milliseconds. */
export function durationOf(
  step: Pick<PlannedStep, 'displayName' | 'task'>,
): number {
  const text = [step.displayName, step.task];
  const found = DURATIONS.find(([pattern]) =>
    text.some(one => pattern.test(one)),
  );
  return (found?.[1] ?? OTHER_STEP) * 1000;
}

/** The records of a run before anything happened. */
export function planTimeline(
  buildId: number,
  plan: PipelinePlan,
): TimelineRecord[] {
  const records: TimelineRecord[] = [];
  let logId = 0;
  const add = (
    parent: TimelineRecord | undefined,
    type: TimelineRecord['type'],
    name: string,
    key: string,
    order: number,
  ): TimelineRecord => {
    const identifier = parent ? `${parent.identifier}.${key}` : key;
    const record: TimelineRecord = {
      id: guidOf(`build/${buildId}/${type}/${identifier}`),
      parentId: parent?.id ?? null,
      type,
      name,
      identifier,
      order,
      state: 'pending',
      result: null,
      startTime: null,
      finishTime: null,
      issues: [],
    };
    records.push(record);
    return record;
  };
  plan.stages.forEach((stage, stageIndex) => {
    const stageRecord = add(
      undefined,
      'Stage',
      stage.displayName,
      stage.name,
      stageIndex + 1,
    );
    stage.jobs.forEach((job, jobIndex) => {
      const phase = add(
        stageRecord,
        'Phase',
        job.displayName,
        job.name,
        jobIndex + 1,
      );
      const jobRecord = add(phase, 'Job', job.displayName, '__default', 1);
      const steps = [
        {
          displayName: 'Initialize job',
          task: '',
          duration: INITIALIZE * 1000,
        },
        ...job.steps.map(step => ({ ...step, duration: durationOf(step) })),
      ];
      steps.forEach((step, stepIndex) => {
        logId += 1;
        Object.assign(
          add(
            jobRecord,
            'Task',
            step.displayName,
            `step${stepIndex}`,
            stepIndex + 1,
          ),
          { task: step.task, logId, durationMs: step.duration },
        );
      });
    });
  });
  return records;
}
