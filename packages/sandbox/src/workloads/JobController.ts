// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { ControllerQueue } from './ControllerQueue';
import {
  type Condition,
  CONTROLLER_MANAGER,
  controlledBy,
  controllerReference,
  randomSuffix,
  recordEvent,
  refOf,
  stamp,
  tolerate,
  withCondition,
  writeStatus,
} from './objects';

const BATCH = 'batch/v1';
/** The Job controller's back-off between pods that failed. */
const BACKOFF_MS = 10_000;

/** Runs a Job's pods until enough have succeeded or too many have failed. */
export class JobController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #queue: ControllerQueue;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queue = new ControllerQueue(
      store,
      clock,
      { apiVersion: BATCH, kind: 'Job', owned: 'Pod' },
      key => this.#sync(key),
    );
  }

  stop(): void {
    this.#queue.stop();
  }

  #sync(key: string): void {
    const job = this.#store.get(refOf(BATCH, 'Job', key));
    if (!job || job.metadata.deletionTimestamp || isFinished(job)) {
      return;
    }
    const pods = controlledBy(this.#store, job, 'v1', 'Pod');
    const inPhase = (phase: string) =>
      pods.filter(pod => pod.status?.phase === phase);
    const succeeded = inPhase('Succeeded');
    const failed = inPhase('Failed');
    const active = pods.length - succeeded.length - failed.length;
    const now = this.#clock.now();
    const before = job.status ?? {};
    const reached: Condition | undefined = outcomeOf(
      job,
      succeeded.length,
      failed.length,
    );
    const uncounted = {
      ...(succeeded.length > (before.succeeded ?? 0)
        ? { succeeded: succeeded.map(uidOf).slice(before.succeeded ?? 0) }
        : {}),
      ...(failed.length > (before.failed ?? 0)
        ? { failed: failed.map(uidOf).slice(before.failed ?? 0) }
        : {}),
    };
    const status = {
      ...before,
      startTime: before.startTime ?? stamp(now),
      active: active || undefined,
      terminating: 0,
      uncountedTerminatedPods: uncounted,
      ready: active,
      conditions: reached
        ? withCondition(before.conditions ?? [], reached, now)
        : before.conditions,
    };
    if (Object.keys(uncounted).length > 0) {
      // Pods that have ended are named first and counted after that.
      this.#write(key, status);
    }
    const counted = {
      ...status,
      uncountedTerminatedPods: {},
      succeeded: succeeded.length || undefined,
      failed: failed.length || undefined,
    };
    if (reached) {
      this.#finish(job, key, counted, reached);
      return;
    }
    this.#write(key, counted);
    if (active === 0 && !job.spec.suspend) {
      const newest = Math.max(
        0,
        ...pods.map(pod => Date.parse(pod.metadata.creationTimestamp ?? '')),
      );
      const since = (now.getTime() - newest) * this.#clock.speed();
      const backoff = BACKOFF_MS * 2 ** (failed.length - 1);
      if (failed.length > 0 && since < backoff) {
        this.#queue.add(key, backoff);
      } else {
        this.#create(job);
      }
    }
  }

  #write(key: string, status: object): void {
    const job = this.#store.get(refOf(BATCH, 'Job', key));
    if (job) {
      writeStatus(this.#store, job, JSON.parse(JSON.stringify(status)));
    }
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
    key: string,
    status: { conditions?: Condition[] },
    { type, reason, message }: Condition,
  ): void {
    const now = this.#clock.now();
    const isComplete = type === 'SuccessCriteriaMet';
    this.#write(key, {
      ...status,
      active: undefined,
      ready: 0,
      ...(isComplete ? { completionTime: stamp(now) } : {}),
      conditions: withCondition(
        status.conditions ?? [],
        {
          type: isComplete ? 'Complete' : 'Failed',
          status: 'True',
          reason,
          message,
        },
        now,
      ),
    });
    recordEvent(this.#store, this.#clock, job, {
      type: isComplete ? 'Normal' : 'Warning',
      reason: isComplete ? 'Completed' : reason,
      message: isComplete ? 'Job completed' : message,
      component: 'job-controller',
    });
  }
}

function uidOf({ metadata }: KubeObject): string {
  return metadata.uid!;
}

/** What a Job has come to, before its pods are counted: enough successes, or too many failures. */
function outcomeOf(
  { spec }: KubeObject,
  succeeded: number,
  failed: number,
): Condition | undefined {
  if (succeeded >= (spec.completions ?? 1)) {
    return {
      type: 'SuccessCriteriaMet',
      status: 'True',
      reason: 'CompletionsReached',
      message: 'Reached expected number of succeeded pods',
    };
  }
  if (failed > (spec.backoffLimit ?? 6)) {
    return {
      type: 'FailureTarget',
      status: 'True',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    };
  }
  return undefined;
}

/** Complete or failed for good. */
export function isFinished(job: KubeObject): boolean {
  return (job.status?.conditions ?? []).some(
    ({ type, status }: { type: string; status: string }) =>
      ['Complete', 'Failed'].includes(type) && status === 'True',
  );
}
