// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import {
  CONTROLLER_MANAGER,
  controlledBy,
  controllerReference,
  keyOf,
  ownerOf,
  randomSuffix,
  recordEvent,
  refOf,
  stamp,
  tolerate,
  withCondition,
  writeStatus,
} from './objects';
import { WorkQueue } from './WorkQueue';

const BATCH = 'batch/v1';
/** The Job controller's back-off between pods that failed. */
const BACKOFF_MS = 10_000;

/** Runs a Job's pods until enough have succeeded or too many have failed. */
export class JobController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #queue: WorkQueue;
  readonly #unsubscribe: () => void;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queue = new WorkQueue(clock, key => this.#sync(key));
    this.#unsubscribe = store.subscribe(({ kind, object, type }) => {
      if (kind.kind === 'Job' && type !== 'DELETED') {
        this.#queue.add(keyOf(object));
      } else if (kind.kind === 'Pod') {
        const owner = ownerOf(object);
        if (owner?.kind === 'Job') {
          this.#queue.add(`${object.metadata.namespace}/${owner.name}`);
        }
      }
    });
    for (const job of store.list(BATCH, 'Job')) {
      this.#queue.add(keyOf(job));
    }
  }

  stop(): void {
    this.#unsubscribe();
    this.#queue.stop();
  }

  #sync(key: string): void {
    const job = this.#store.get(refOf(BATCH, 'Job', key));
    if (!job || job.metadata.deletionTimestamp || isFinished(job)) {
      return;
    }
    const pods = controlledBy(this.#store, job, 'v1', 'Pod');
    const count = (phase: string) =>
      pods.filter(pod => pod.status?.phase === phase).length;
    const succeeded = count('Succeeded');
    const failed = count('Failed');
    const active = pods.length - succeeded - failed;
    const now = this.#clock.now();
    const status = {
      ...job.status,
      startTime: job.status?.startTime ?? stamp(now),
      active: active || undefined,
      succeeded: succeeded || undefined,
      failed: failed || undefined,
      ready: active,
    };
    if (succeeded >= (job.spec.completions ?? 1)) {
      this.#finish(
        job,
        status,
        'Complete',
        'CompletionsReached',
        'Reached expected number of succeeded pods',
      );
      return;
    }
    if (failed > (job.spec.backoffLimit ?? 6)) {
      this.#finish(
        job,
        status,
        'Failed',
        'BackoffLimitExceeded',
        'Job has reached the specified backoff limit',
      );
      return;
    }
    if (active === 0 && !job.spec.suspend) {
      const newest = Math.max(
        0,
        ...pods.map(pod => Date.parse(pod.metadata.creationTimestamp ?? '')),
      );
      const since = (now.getTime() - newest) * this.#clock.speed();
      if (failed > 0 && since < BACKOFF_MS * 2 ** (failed - 1)) {
        this.#queue.add(key, BACKOFF_MS * 2 ** (failed - 1));
      } else {
        this.#create(job);
      }
    }
    writeStatus(this.#store, job, JSON.parse(JSON.stringify(status)));
  }

  #create(job: KubeObject): void {
    const { namespace, name } = job.metadata;
    const podName = `${name}-${randomSuffix()}`;
    const template = structuredClone(job.spec.template);
    tolerate(() =>
      this.#store.create(
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            ...template.metadata,
            name: podName,
            namespace,
            labels: {
              ...template.metadata?.labels,
              'batch.kubernetes.io/job-name': name,
              'job-name': name,
            },
            ownerReferences: [controllerReference(job)],
          },
          spec: template.spec,
          status: { phase: 'Pending' },
        },
        { manager: CONTROLLER_MANAGER },
      ),
    );
    recordEvent(this.#store, this.#clock, job, {
      reason: 'SuccessfulCreate',
      message: `Created pod: ${podName}`,
      component: 'job-controller',
    });
  }

  #finish(
    job: KubeObject,
    status: object,
    type: 'Complete' | 'Failed',
    reason: string,
    message: string,
  ): void {
    const now = this.#clock.now();
    writeStatus(
      this.#store,
      job,
      JSON.parse(
        JSON.stringify({
          ...status,
          active: undefined,
          ready: 0,
          ...(type === 'Complete' ? { completionTime: stamp(now) } : {}),
          conditions: withCondition(
            job.status?.conditions ?? [],
            { type, status: 'True', reason, message },
            now,
          ),
        }),
      ),
    );
    recordEvent(this.#store, this.#clock, job, {
      type: type === 'Complete' ? 'Normal' : 'Warning',
      reason: type === 'Complete' ? 'Completed' : reason,
      message: type === 'Complete' ? 'Job completed' : message,
      component: 'job-controller',
    });
  }
}

/** Complete or failed for good. */
export function isFinished(job: KubeObject): boolean {
  return (job.status?.conditions ?? []).some(
    ({ type, status }: { type: string; status: string }) =>
      ['Complete', 'Failed'].includes(type) && status === 'True',
  );
}
