// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import { ApiError } from '../kubernetes/ApiError';
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
  tolerate,
  withCondition,
  writeStatus,
} from './objects';
import { isPodReady } from './podStatus';

const APPS = 'apps/v1';
const RETRY_MS = 30_000;

/** Keeps as many pods as a ReplicaSet asks for; refusals of the API (quota) become `ReplicaFailure`. */
export class ReplicaSetController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #queue: ControllerQueue;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queue = new ControllerQueue(
      store,
      clock,
      { apiVersion: APPS, kind: 'ReplicaSet', owned: 'Pod' },
      key => this.#sync(key),
    );
  }

  stop(): void {
    this.#queue.stop();
  }

  #sync(key: string): void {
    const set = this.#store.get(refOf(APPS, 'ReplicaSet', key));
    if (!set || set.metadata.deletionTimestamp) {
      return;
    }
    const pods = controlledBy(this.#store, set, 'v1', 'Pod');
    const active = pods.filter(
      pod =>
        !pod.metadata.deletionTimestamp &&
        !['Succeeded', 'Failed'].includes(pod.status?.phase),
    );
    const desired = set.spec.replicas ?? 1;
    let failure: string | undefined;
    for (let missing = desired - active.length; missing > 0; missing--) {
      failure = this.#createPod(set);
      if (failure) {
        this.#queue.add(key, RETRY_MS);
        break;
      }
    }
    if (active.length > desired) {
      const victims = [...active]
        .sort(byWorth)
        .slice(0, active.length - desired);
      for (const pod of victims) {
        this.#deletePod(set, pod);
      }
    }
    this.#writeStatus(key, failure);
  }

  /** @returns the refusal in the API server's words, if any */
  #createPod(set: KubeObject): string | undefined {
    const { namespace, name } = set.metadata;
    const podName = `${name}-${randomSuffix()}`;
    try {
      this.#store.create(
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            ...structuredClone(set.spec.template.metadata),
            name: podName,
            generateName: `${name}-`,
            namespace,
            ownerReferences: [controllerReference(set)],
          },
          spec: structuredClone(set.spec.template.spec),
          status: { phase: 'Pending' },
        },
        { manager: CONTROLLER_MANAGER },
      );
      this.#event(set, 'SuccessfulCreate', `Created pod: ${podName}`);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      this.#event(
        set,
        'FailedCreate',
        `Error creating: ${error.message}`,
        'Warning',
      );
      return error.message;
    }
  }

  #deletePod(set: KubeObject, pod: KubeObject): void {
    const { namespace, name } = pod.metadata;
    tolerate(() =>
      this.#store.delete({ apiVersion: 'v1', kind: 'Pod', namespace, name }),
    );
    this.#event(set, 'SuccessfulDelete', `Deleted pod: ${name}`);
  }

  #writeStatus(key: string, failure: string | undefined): void {
    const set = this.#store.get(refOf(APPS, 'ReplicaSet', key));
    if (!set) {
      return;
    }
    const pods = controlledBy(this.#store, set, 'v1', 'Pod');
    const alive = pods.filter(
      pod =>
        !pod.metadata.deletionTimestamp &&
        !['Succeeded', 'Failed'].includes(pod.status?.phase),
    );
    const ready = alive.filter(isPodReady).length;
    const before: Condition[] = set.status?.conditions ?? [];
    const failed = before.some(({ type }) => type === 'ReplicaFailure');
    let conditions = before;
    if (!failure) {
      conditions = before.filter(({ type }) => type !== 'ReplicaFailure');
    } else if (!failed) {
      // The first refusal stands for all: each names another pod
      // (`kubernetes/kubernetes:pkg/controller/replicaset/replica_set_utils.go`, `calculateStatus`).
      conditions = withCondition(
        before,
        {
          type: 'ReplicaFailure',
          status: 'True',
          reason: 'FailedCreate',
          message: failure,
        },
        this.#clock.now(),
      );
    }
    writeStatus(this.#store, set, {
      replicas: alive.length,
      ...(alive.length ? { fullyLabeledReplicas: alive.length } : {}),
      ...(ready ? { readyReplicas: ready, availableReplicas: ready } : {}),
      terminatingReplicas: pods.filter(pod => pod.metadata.deletionTimestamp)
        .length,
      observedGeneration: set.metadata.generation,
      ...(conditions.length ? { conditions } : {}),
    });
  }

  #event(
    set: KubeObject,
    reason: string,
    message: string,
    type: 'Normal' | 'Warning' = 'Normal',
  ): void {
    recordEvent(this.#store, this.#clock, set, {
      type,
      reason,
      message,
      component: 'replicaset-controller',
    });
  }
}

/** Pods that serve least go first: not ready before ready, younger before older. */
function byWorth(a: KubeObject, b: KubeObject): number {
  return (
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    )
  );
}
