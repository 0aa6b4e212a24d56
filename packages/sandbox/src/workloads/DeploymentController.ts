// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { ControllerQueue } from './ControllerQueue';
import {
  CONTROLLER_MANAGER,
  controlledBy,
  controllerReference,
  keyOf,
  recordEvent,
  refOf,
  safeHash,
  tolerate,
  withCondition,
  writeStatus,
} from './objects';
import { deploymentConditions } from './deploymentConditions';
import { withReplicaFailure } from './withReplicaFailure';
import { planRollout } from './planRollout';

const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';
const APPS = 'apps/v1';

/**
 * Rolls Deployments out through ReplicaSets, as kubernetes/kubernetes:pkg/controller/deployment
 * does: new set by template hash, surge and unavailability bounds, conditions
 * Available and Progressing, progress deadline, history limit, pause.
 */
export class DeploymentController {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #queue: ControllerQueue;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#queue = new ControllerQueue(
      store,
      clock,
      { apiVersion: APPS, kind: 'Deployment', owned: 'ReplicaSet' },
      key => this.#sync(key),
    );
  }

  stop(): void {
    this.#queue.stop();
  }

  #sync(key: string): void {
    const deployment = this.#store.get(refOf(APPS, 'Deployment', key));
    if (!deployment || deployment.metadata.deletionTimestamp) {
      return;
    }
    const owned = controlledBy(this.#store, deployment, APPS, 'ReplicaSet');
    const hash = safeHash(deployment.spec.template, 10);
    const current = owned.find(set => set.metadata.labels?.[HASH] === hash);
    if (!current) {
      if (!deployment.spec.paused) {
        this.#createSet(deployment, owned, hash);
        return;
      }
    } else if (!deployment.spec.paused) {
      if (this.#adoptRevision(deployment, owned, current)) {
        return;
      }
      this.#scale(deployment, current, owned);
      this.#forgetOld(deployment, current, owned);
    }
    this.#writeStatus(deployment, current, owned);
  }

  #createSet(deployment: KubeObject, owned: KubeObject[], hash: string): void {
    const { name, namespace } = deployment.metadata;
    const revision = String(Math.max(0, ...owned.map(revisionOf)) + 1);
    const plan = planRollout(deployment, undefined, owned);
    const template = structuredClone(deployment.spec.template);
    template.metadata = {
      ...template.metadata,
      labels: { ...template.metadata?.labels, [HASH]: hash },
    };
    const set = tolerate(() =>
      this.#store.create(
        {
          apiVersion: APPS,
          kind: 'ReplicaSet',
          metadata: {
            name: `${name}-${hash}`,
            namespace,
            labels: template.metadata.labels,
            annotations: { [REVISION]: revision },
            ownerReferences: [controllerReference(deployment)],
          },
          spec: {
            replicas: plan.current,
            selector: {
              matchLabels: {
                ...deployment.spec.selector?.matchLabels,
                [HASH]: hash,
              },
            },
            template,
          },
          status: { replicas: 0 },
        },
        { manager: CONTROLLER_MANAGER },
      ),
    );
    if (!set) {
      return;
    }
    this.#event(
      deployment,
      `Scaled up replica set ${set.metadata.name} from 0 to ${plan.current}`,
    );
    this.#annotate(deployment, revision);
    const fresh = this.#store.get({
      apiVersion: APPS,
      kind: 'Deployment',
      namespace,
      name,
    })!;
    writeStatus(this.#store, fresh, {
      ...fresh.status,
      conditions: withCondition(
        fresh.status?.conditions ?? [],
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetCreated',
          message: `Created new replica set "${set.metadata.name}"`,
        },
        this.#clock.now(),
        { updateTime: true },
      ),
    });
  }

  /** A return to an older template makes its set the newest revision. */
  #adoptRevision(
    deployment: KubeObject,
    owned: KubeObject[],
    current: KubeObject,
  ): boolean {
    const newest = Math.max(
      0,
      ...owned.filter(set => set !== current).map(revisionOf),
    );
    if (revisionOf(current) > newest) {
      return false;
    }
    const revision = String(newest + 1);
    tolerate(() =>
      this.#store.patch(
        {
          apiVersion: APPS,
          kind: 'ReplicaSet',
          namespace: current.metadata.namespace,
          name: current.metadata.name,
        },
        'merge',
        { metadata: { annotations: { [REVISION]: revision } } },
        { manager: CONTROLLER_MANAGER },
      ),
    );
    this.#annotate(deployment, revision);
    return true;
  }

  #annotate(deployment: KubeObject, revision: string): void {
    const { namespace, name } = deployment.metadata;
    tolerate(() =>
      this.#store.patch(
        { apiVersion: APPS, kind: 'Deployment', namespace, name },
        'merge',
        { metadata: { annotations: { [REVISION]: revision } } },
        { manager: CONTROLLER_MANAGER },
      ),
    );
  }

  #scale(
    deployment: KubeObject,
    current: KubeObject,
    owned: KubeObject[],
  ): void {
    const old = owned.filter(set => set !== current);
    const plan = planRollout(deployment, current, old);
    this.#scaleSet(deployment, current, plan.current);
    for (const set of old) {
      this.#scaleSet(deployment, set, plan.old.get(set.metadata.name)!);
    }
  }

  #scaleSet(deployment: KubeObject, set: KubeObject, replicas: number): void {
    const before = set.spec.replicas ?? 0;
    if (before === replicas) {
      return;
    }
    const { namespace, name } = set.metadata;
    tolerate(() =>
      this.#store.patch(
        { apiVersion: APPS, kind: 'ReplicaSet', namespace, name },
        'merge',
        { spec: { replicas } },
        { manager: CONTROLLER_MANAGER },
      ),
    );
    this.#event(
      deployment,
      `Scaled ${
        replicas > before ? 'up' : 'down'
      } replica set ${name} from ${before} to ${replicas}`,
    );
  }

  #forgetOld(
    deployment: KubeObject,
    current: KubeObject,
    owned: KubeObject[],
  ): void {
    const limit = deployment.spec.revisionHistoryLimit ?? 10;
    const idle = owned
      .filter(
        set => set !== current && !set.spec.replicas && !set.status?.replicas,
      )
      .sort((a, b) => revisionOf(b) - revisionOf(a));
    for (const set of idle.slice(limit)) {
      const { namespace, name } = set.metadata;
      this.#store.delete({
        apiVersion: APPS,
        kind: 'ReplicaSet',
        namespace,
        name,
      });
    }
  }

  #writeStatus(
    before: KubeObject,
    current: KubeObject | undefined,
    owned: KubeObject[],
  ): void {
    const { namespace, name } = before.metadata;
    const deployment = this.#store.get({
      apiVersion: APPS,
      kind: 'Deployment',
      namespace,
      name,
    });
    if (!deployment) {
      return;
    }
    const sum = (field: string) =>
      owned.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
    const desired = deployment.spec.replicas ?? 1;
    const total = sum('replicas');
    const ready = sum('readyReplicas');
    const available = sum('availableReplicas');
    const updated = current?.status?.replicas ?? 0;
    const wanted = owned.reduce(
      (all, set) => all + (set.spec.replicas ?? 0),
      0,
    );
    const unavailable = Math.max(0, Math.max(wanted, desired) - available);
    const { conditions, recheckMs } = deploymentConditions(
      deployment,
      current,
      { desired, total, available, updated },
      this.#clock.now(),
      this.#clock.speed(),
    );
    if (recheckMs !== undefined) {
      this.#queue.add(keyOf(deployment), recheckMs);
    }
    writeStatus(this.#store, deployment, {
      observedGeneration: deployment.metadata.generation,
      ...(total ? { replicas: total } : {}),
      ...(updated ? { updatedReplicas: updated } : {}),
      ...(ready ? { readyReplicas: ready } : {}),
      ...(available ? { availableReplicas: available } : {}),
      ...(unavailable ? { unavailableReplicas: unavailable } : {}),
      terminatingReplicas: sum('terminatingReplicas'),
      conditions: withReplicaFailure(conditions, current, owned),
    });
  }

  #event(deployment: KubeObject, message: string): void {
    recordEvent(this.#store, this.#clock, deployment, {
      reason: 'ScalingReplicaSet',
      message,
      component: 'deployment-controller',
    });
  }
}

function revisionOf(set: KubeObject): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}
