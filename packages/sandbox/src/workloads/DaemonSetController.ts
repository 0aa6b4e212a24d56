// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { ControllerQueue } from './ControllerQueue';
import {
  CONTROLLER_MANAGER,
  controlledBy,
  controllerReference,
  randomSuffix,
  recordEvent,
  refOf,
  safeHash,
  tolerate,
  writeStatus,
} from './objects';
import { isPodReady } from './podStatus';

const APPS = 'apps/v1';
const REVISION = 'controller-revision-hash';

/** Keeps one pod on every node; on a new template it replaces one after the other. */
export class DaemonSetController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #queue: ControllerQueue;
  readonly #unsubscribe: () => void;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queue = new ControllerQueue(
      store,
      clock,
      { apiVersion: APPS, kind: 'DaemonSet', owned: 'Pod' },
      key => this.#sync(key),
    );
    this.#unsubscribe = store.subscribe(({ kind, type }) => {
      if (kind.kind === 'Node' && type !== 'MODIFIED') {
        this.#queue.addAll();
      }
    });
  }

  stop(): void {
    this.#unsubscribe();
    this.#queue.stop();
  }

  #sync(key: string): void {
    const set = this.#store.get(refOf(APPS, 'DaemonSet', key));
    if (!set || set.metadata.deletionTimestamp) {
      return;
    }
    const revision = safeHash(set.spec.template, 10);
    const nodes = this.#store
      .list('v1', 'Node')
      .map(({ metadata }) => metadata.name);
    const pods = new Map(
      controlledBy(this.#store, set, 'v1', 'Pod').map(pod => [
        String(pod.spec.nodeName),
        pod,
      ]),
    );
    for (const node of nodes) {
      if (!pods.has(node)) {
        this.#create(set, revision, node);
      }
    }
    for (const [node, pod] of pods) {
      if (!nodes.includes(node)) {
        this.#delete(set, pod);
      }
    }
    const old = nodes
      .flatMap(node => pods.get(node) ?? [])
      .find(pod => !isOf(pod, revision));
    // With the default of one unavailable pod, the next goes when all others serve.
    const serve = [...pods.values()].every(
      pod =>
        isPodReady(pod) || (pod === old && !pod.metadata.deletionTimestamp),
    );
    if (old && serve && pods.size === nodes.length) {
      this.#delete(set, old);
    }
    this.#writeStatus(key, revision, nodes.length);
  }

  #create(set: KubeObject, revision: string, node: string): void {
    const { namespace } = set.metadata;
    const name = `${set.metadata.name}-${randomSuffix()}`;
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
            generateName: `${set.metadata.name}-`,
            labels: {
              ...template.metadata?.labels,
              [REVISION]: revision,
              'pod-template-generation': '1',
            },
            ownerReferences: [controllerReference(set)],
          },
          // The scheduler would find the same node by affinity.
          spec: { ...template.spec, nodeName: node },
          status: { phase: 'Pending' },
        },
        { manager: CONTROLLER_MANAGER },
      ),
    );
    this.#event(set, 'SuccessfulCreate', `Created pod: ${name}`);
  }

  #delete(set: KubeObject, pod: KubeObject): void {
    const { namespace, name, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp) {
      return;
    }
    tolerate(() =>
      this.#store.delete({ apiVersion: 'v1', kind: 'Pod', namespace, name }),
    );
    this.#event(set, 'SuccessfulDelete', `Deleted pod: ${name}`);
  }

  #writeStatus(key: string, revision: string, desired: number): void {
    const set = this.#store.get(refOf(APPS, 'DaemonSet', key));
    if (!set) {
      return;
    }
    const pods = controlledBy(this.#store, set, 'v1', 'Pod').filter(
      pod => !pod.metadata.deletionTimestamp,
    );
    const ready = pods.filter(isPodReady).length;
    const updated = pods.filter(pod => isOf(pod, revision)).length;
    writeStatus(this.#store, set, {
      currentNumberScheduled: pods.length,
      numberMisscheduled: 0,
      desiredNumberScheduled: desired,
      numberReady: ready,
      observedGeneration: set.metadata.generation,
      ...(updated ? { updatedNumberScheduled: updated } : {}),
      ...(ready ? { numberAvailable: ready } : {}),
      ...(ready < desired ? { numberUnavailable: desired - ready } : {}),
    });
  }

  #event(set: KubeObject, reason: string, message: string): void {
    recordEvent(this.#store, this.#clock, set, {
      reason,
      message,
      component: 'daemonset-controller',
    });
  }
}

function isOf(pod: KubeObject, revision: string): boolean {
  return pod.metadata.labels?.[REVISION] === revision;
}
