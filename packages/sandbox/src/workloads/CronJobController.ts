// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { CronTime } from 'cron';
import type { Clock } from '../clock';
import { LruCache } from '../git/LruCache';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { ControllerQueue } from './ControllerQueue';
import { isFinished } from './JobController';
import {
  CONTROLLER_MANAGER,
  controlledBy,
  controllerReference,
  recordEvent,
  refOf,
  stamp,
  tolerate,
  writeStatus,
} from './objects';

const BATCH = 'batch/v1';
/** A schedule is looked at again at least this often, real time, so that a changed speed does not matter. */
const LOOK_MS = 60_000;

/** Starts Jobs on schedule. Schedules follow the wall clock, which no speed factor moves. */
export class CronJobController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #queue: ControllerQueue;
  readonly #due = new LruCache<Date>(1000);

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queue = new ControllerQueue(
      store,
      clock,
      { apiVersion: BATCH, kind: 'CronJob', owned: 'Job' },
      key => this.#sync(key),
    );
  }

  stop(): void {
    this.#queue.stop();
  }

  #sync(key: string): void {
    const cronJob = this.#store.get(refOf(BATCH, 'CronJob', key));
    if (!cronJob || cronJob.metadata.deletionTimestamp) {
      return;
    }
    const jobs = controlledBy(this.#store, cronJob, BATCH, 'Job');
    const active = jobs.filter(job => !isFinished(job));
    this.#forget(cronJob, jobs);
    const now = this.#clock.now();
    let last = cronJob.status?.lastScheduleTime;
    const due = this.#dueAfter(
      cronJob.spec.schedule,
      last ?? cronJob.metadata.creationTimestamp!,
    );
    if (!cronJob.spec.suspend && due <= now) {
      last = stamp(now);
      if (!(cronJob.spec.concurrencyPolicy === 'Forbid' && active.length > 0)) {
        this.#start(cronJob, now);
      }
    }
    const finished = jobs
      .map(job => job.status?.completionTime as string | undefined)
      .filter(time => time !== undefined)
      .sort();
    writeStatus(this.#store, cronJob, {
      ...(last ? { lastScheduleTime: last } : {}),
      ...(finished.length ? { lastSuccessfulTime: finished.at(-1) } : {}),
    });
    const leftMs = Math.max(1000, due.getTime() - now.getTime());
    this.#queue.add(key, Math.min(LOOK_MS, leftMs) * this.#clock.speed());
  }

  /** The next time of a schedule. Reckoned once: it is asked for at every look. */
  #dueAfter(schedule: string, since: string): Date {
    const key = `${schedule} ${since}`;
    let due = this.#due.get(key);
    if (!due) {
      due = new CronTime(schedule, 'UTC')
        .getNextDateFrom(new Date(since), 'UTC')
        .toJSDate();
      this.#due.set(key, due);
    }
    return due;
  }

  #start(cronJob: KubeObject, now: Date): void {
    const { name, namespace } = cronJob.metadata;
    const jobName = `${name}-${Math.floor(now.getTime() / 60_000)}`;
    tolerate(() =>
      this.#store.create(
        {
          apiVersion: BATCH,
          kind: 'Job',
          metadata: {
            ...structuredClone(cronJob.spec.jobTemplate.metadata ?? {}),
            name: jobName,
            namespace,
            ownerReferences: [controllerReference(cronJob)],
          },
          spec: structuredClone(cronJob.spec.jobTemplate.spec),
        },
        { manager: CONTROLLER_MANAGER },
      ),
    );
    recordEvent(this.#store, this.#clock, cronJob, {
      reason: 'SuccessfulCreate',
      message: `Created job ${jobName}`,
      component: 'cronjob-controller',
    });
  }

  #forget(cronJob: KubeObject, jobs: KubeObject[]): void {
    const limits = {
      Complete: cronJob.spec.successfulJobsHistoryLimit ?? 3,
      Failed: cronJob.spec.failedJobsHistoryLimit ?? 1,
    };
    for (const [outcome, limit] of Object.entries(limits)) {
      const ended = jobs
        .filter(job =>
          (job.status?.conditions ?? []).some(
            ({ type }: { type: string }) => type === outcome,
          ),
        )
        .sort((a, b) =>
          (b.metadata.creationTimestamp ?? '').localeCompare(
            a.metadata.creationTimestamp ?? '',
          ),
        );
      for (const job of ended.slice(limit)) {
        const { namespace, name } = job.metadata;
        this.#store.delete(
          { apiVersion: BATCH, kind: 'Job', namespace, name },
          { propagationPolicy: 'Background' },
        );
      }
    }
  }
}
