// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import type { ImageRegistry } from '../registry/types';
import { nextOfContainers } from './containerLife';
import {
  type Condition,
  KUBELET,
  keyOf,
  recordEvent,
  refOf,
  tolerate,
  withCondition,
  writeStatus,
} from './objects';
import { creating, withConditions } from './podStatus';
import { placePod } from './scheduler';
import { WorkQueue } from './WorkQueue';

const SCHEDULE_MS = 200;
/** When a pod that fits nowhere is looked at again. */
const UNSCHEDULED_MS = 30_000;
const TERMINATE_MS = 1000;

/**
 * Scheduler and kubelets in one: binds pods to nodes, pulls images, starts,
 * breaks and ends containers. All that it knows is in the pod's status, so a
 * restart of the sandbox goes on where it was.
 */
export class PodController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #registry: ImageRegistry;
  readonly #queue: WorkQueue;
  readonly #unsubscribe: () => void;

  constructor(store: ClusterStore, clock: Clock, registry: ImageRegistry) {
    this.#store = store;
    this.#clock = clock;
    this.#registry = registry;
    this.#queue = new WorkQueue(clock, key => this.#sync(key));
    this.#unsubscribe = store.subscribe(({ kind, object, type }) => {
      if (kind.kind === 'Pod' && type !== 'DELETED') {
        this.#queue.add(keyOf(object), object.spec?.nodeName ? 0 : SCHEDULE_MS);
      }
    });
    for (const pod of store.list('v1', 'Pod')) {
      this.#queue.add(keyOf(pod));
    }
  }

  stop(): void {
    this.#unsubscribe();
    this.#queue.stop();
  }

  #sync(key: string): void {
    const pod = this.#store.get(refOf('v1', 'Pod', key));
    if (!pod) {
      return;
    }
    if (pod.metadata.deletionTimestamp) {
      this.#end(key, pod);
      return;
    }
    if (['Succeeded', 'Failed'].includes(pod.status?.phase)) {
      return;
    }
    if (!pod.spec.nodeName) {
      this.#schedule(pod);
      return;
    }
    const now = this.#clock.now();
    if (!pod.status?.containerStatuses) {
      writeStatus(this.#store, pod, creating(pod, now), KUBELET);
      return;
    }
    const step = nextOfContainers(pod, now, this.#clock.speed(), image =>
      this.#registry.resolve(image),
    );
    if (step.event) {
      recordEvent(this.#store, this.#clock, pod, {
        ...step.event,
        component: KUBELET,
      });
    }
    if (step.status) {
      writeStatus(
        this.#store,
        pod,
        withConditions(pod, step.status, now),
        KUBELET,
      );
    }
    if (step.waitMs !== undefined) {
      this.#queue.add(key, step.waitMs);
    }
  }

  #schedule(pod: KubeObject): void {
    const { node, message } = placePod(
      pod,
      this.#store.list('v1', 'Node'),
      this.#store.list('v1', 'Pod'),
    );
    if (!node) {
      this.#leaveUnscheduled(pod, message);
      return;
    }
    const { namespace, name } = pod.metadata;
    tolerate(() =>
      this.#store.patch(
        { apiVersion: 'v1', kind: 'Pod', namespace, name },
        'merge',
        {
          metadata: {
            labels: {
              'topology.kubernetes.io/region':
                node.metadata.labels?.['topology.kubernetes.io/region'],
              'topology.kubernetes.io/zone':
                node.metadata.labels?.['topology.kubernetes.io/zone'],
            },
          },
          spec: { nodeName: node.metadata.name },
        },
        { manager: 'kube-scheduler' },
      ),
    );
    recordEvent(this.#store, this.#clock, pod, {
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`,
      component: 'default-scheduler',
    });
  }

  #leaveUnscheduled(pod: KubeObject, message: string): void {
    const conditions: Condition[] = pod.status?.conditions ?? [];
    if (!conditions.some(one => one.message === message)) {
      recordEvent(this.#store, this.#clock, pod, {
        type: 'Warning',
        reason: 'FailedScheduling',
        message,
        component: 'default-scheduler',
      });
    }
    writeStatus(
      this.#store,
      pod,
      {
        ...pod.status,
        phase: 'Pending',
        conditions: withCondition(
          conditions,
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message,
          },
          this.#clock.now(),
        ),
      },
      'kube-scheduler',
    );
    this.#queue.add(keyOf(pod), UNSCHEDULED_MS);
  }

  /** Containers get a moment to end; then the object goes. */
  #end(key: string, pod: KubeObject): void {
    const { namespace, name, deletionTimestamp } = pod.metadata;
    // The time stamp is when the grace period is over, not when it began.
    const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
    const began = Date.parse(deletionTimestamp!) - grace;
    const passed = (this.#clock.now().getTime() - began) * this.#clock.speed();
    if (passed < TERMINATE_MS) {
      this.#queue.add(key, TERMINATE_MS - Math.max(0, passed));
      return;
    }
    tolerate(() =>
      this.#store.delete(
        { apiVersion: 'v1', kind: 'Pod', namespace, name },
        { gracePeriodSeconds: 0 },
      ),
    );
  }
}
