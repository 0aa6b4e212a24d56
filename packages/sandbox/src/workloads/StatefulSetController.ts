// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { ControllerQueue } from './ControllerQueue';
import {
  CONTROLLER_MANAGER,
  controlledBy,
  controllerReference,
  recordEvent,
  refOf,
  safeHash,
  tolerate,
  writeStatus,
} from './objects';
import { isPodReady } from './podStatus';

const APPS = 'apps/v1';
const REVISION = 'controller-revision-hash';

/** Pods with ordinals, one after the other: up in order when the one before is ready, replaced from the highest down. */
export class StatefulSetController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #queue: ControllerQueue;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queue = new ControllerQueue(
      store,
      clock,
      { apiVersion: APPS, kind: 'StatefulSet', owned: 'Pod' },
      key => this.#sync(key),
    );
  }

  stop(): void {
    this.#queue.stop();
  }

  #sync(key: string): void {
    const set = this.#store.get(refOf(APPS, 'StatefulSet', key));
    if (!set || set.metadata.deletionTimestamp) {
      return;
    }
    const revision = `${set.metadata.name}-${safeHash(set.spec.template, 10)}`;
    const pods = new Map(
      controlledBy(this.#store, set, 'v1', 'Pod').map(pod => [
        ordinalOf(pod),
        pod,
      ]),
    );
    this.#step(set, revision, pods);
    this.#writeStatus(key, revision);
  }

  #step(
    set: KubeObject,
    revision: string,
    pods: Map<number, KubeObject>,
  ): void {
    const desired = set.spec.replicas ?? 1;
    for (let ordinal = 0; ordinal < desired; ordinal++) {
      const pod = pods.get(ordinal);
      if (!pod) {
        this.#create(set, revision, ordinal);
        return;
      }
      if (!isPodReady(pod) && isOf(pod, revision)) {
        return;
      }
    }
    for (const [ordinal, pod] of [...pods].sort(([a], [b]) => b - a)) {
      if (ordinal >= desired || !isOf(pod, revision)) {
        if (!pod.metadata.deletionTimestamp) {
          this.#delete(set, pod);
        }
        return;
      }
    }
  }

  #create(set: KubeObject, revision: string, ordinal: number): void {
    const { namespace } = set.metadata;
    const name = `${set.metadata.name}-${ordinal}`;
    const template = structuredClone(set.spec.template);
    tolerate(() =>
      this.#store.create(
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            ...template.metadata,
            name,
            namespace,
            labels: {
              ...template.metadata?.labels,
              [REVISION]: revision,
              'statefulset.kubernetes.io/pod-name': name,
            },
            ownerReferences: [controllerReference(set)],
          },
          spec: template.spec,
          status: { phase: 'Pending' },
        },
        { manager: CONTROLLER_MANAGER },
      ),
    );
    this.#event(
      set,
      'SuccessfulCreate',
      `create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    );
  }

  #delete(set: KubeObject, pod: KubeObject): void {
    const { namespace, name } = pod.metadata;
    tolerate(() =>
      this.#store.delete({ apiVersion: 'v1', kind: 'Pod', namespace, name }),
    );
    this.#event(
      set,
      'SuccessfulDelete',
      `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    );
  }

  #writeStatus(key: string, revision: string): void {
    const set = this.#store.get(refOf(APPS, 'StatefulSet', key));
    if (!set) {
      return;
    }
    const pods = controlledBy(this.#store, set, 'v1', 'Pod').filter(
      pod => !pod.metadata.deletionTimestamp,
    );
    const desired = set.spec.replicas ?? 1;
    const updated = pods.filter(pod => isOf(pod, revision)).length;
    const ready = pods.filter(isPodReady).length;
    const settled = updated === pods.length && ready === desired;
    writeStatus(this.#store, set, {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      ...(ready ? { readyReplicas: ready } : {}),
      availableReplicas: ready,
      ...(updated ? { updatedReplicas: updated } : {}),
      currentReplicas: settled ? pods.length : pods.length - updated,
      currentRevision: settled
        ? revision
        : set.status?.currentRevision ?? revision,
      updateRevision: revision,
      collisionCount: 0,
    });
  }

  #event(set: KubeObject, reason: string, message: string): void {
    recordEvent(this.#store, this.#clock, set, {
      reason,
      message,
      component: 'statefulset-controller',
    });
  }
}

function ordinalOf(pod: KubeObject): number {
  return Number(pod.metadata.name.split('-').at(-1));
}

function isOf(pod: KubeObject, revision: string): boolean {
  return pod.metadata.labels?.[REVISION] === revision;
}
