// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import { type Condition, stamp, withCondition } from './objects';

/** One entry of `status.containerStatuses`. */
export interface ContainerStatus {
  name: string;
  image: string;
  imageID: string;
  ready: boolean;
  started?: boolean;
  restartCount: number;
  state: {
    waiting?: { reason: string; message?: string };
    running?: { startedAt: string };
    terminated?: Terminated;
  };
  lastState: { terminated?: Terminated };
  containerID?: string;
}

export interface Terminated {
  exitCode: number;
  reason: string;
  startedAt: string;
  finishedAt: string;
}

/** Ready and not on its way out. */
export function isPodReady(pod: KubeObject): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    (pod.status?.conditions ?? []).some(
      ({ type, status }: Condition) => type === 'Ready' && status === 'True',
    )
  );
}

/** How a pod behaves, from the annotation that its template carries. */
export function behaviourOf(pod: KubeObject): string | undefined {
  return pod.metadata.annotations?.['sandbox.fairway.dev/behaviour'];
}

/** The status of a pod whose containers have just been asked for. */
export function creating(pod: KubeObject, now: Date): object {
  const waiting = (
    names: Array<{ name: string; image: string }>,
    reason: string,
  ) =>
    names.map(
      ({ name, image }): ContainerStatus => ({
        name,
        image,
        imageID: '',
        ready: false,
        started: false,
        restartCount: 0,
        state: { waiting: { reason } },
        lastState: {},
      }),
    );
  const inits = pod.spec.initContainers ?? [];
  return withConditions(
    pod,
    {
      ...pod.status,
      phase: 'Pending',
      startTime: stamp(now),
      qosClass: 'Burstable',
      hostIP: '10.224.0.4',
      ...(inits.length
        ? { initContainerStatuses: waiting(inits, 'PodInitializing') }
        : {}),
      containerStatuses: waiting(
        pod.spec.containers,
        inits.length ? 'PodInitializing' : 'ContainerCreating',
      ),
    },
    now,
  );
}

/** Derives the pod's conditions and phase from its containers. */
export function withConditions(
  pod: KubeObject,
  status: any, // eslint-disable-line @typescript-eslint/no-explicit-any -- free-form by kind
  now: Date,
): object {
  const containers: ContainerStatus[] = status.containerStatuses ?? [];
  const inits: ContainerStatus[] = status.initContainerStatuses ?? [];
  const initialized = inits.every(
    init => init.state.terminated?.exitCode === 0,
  );
  const finished =
    containers.length > 0 &&
    containers.every(container => container.state.terminated);
  const succeeded =
    finished &&
    containers.every(container => container.state.terminated?.exitCode === 0);
  const ready =
    !finished && containers.length > 0 && containers.every(c => c.ready);
  const names = containers
    .filter(container => !container.ready)
    .map(({ name }) => name);
  const notReady = {
    reason: finished && succeeded ? 'PodCompleted' : 'ContainersNotReady',
    message: `containers with unready status: [${names.join(' ')}]`,
  };
  let conditions: Condition[] = pod.status?.conditions ?? [];
  const set = (
    type: string,
    isTrue: boolean,
    why = { reason: '', message: '' },
  ) => {
    conditions = withCondition(
      conditions,
      {
        type,
        status: isTrue ? 'True' : 'False',
        ...(isTrue ? { reason: '', message: '' } : why),
      },
      now,
    );
  };
  set('PodScheduled', true);
  set('Initialized', initialized, {
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [init]',
  });
  set('ContainersReady', ready, notReady);
  set('Ready', ready, notReady);
  const started = containers.some(
    c => c.state.running || c.state.terminated || c.lastState.terminated,
  );
  let phase = started ? 'Running' : 'Pending';
  if (
    finished &&
    pod.spec.restartPolicy &&
    pod.spec.restartPolicy !== 'Always'
  ) {
    phase = succeeded ? 'Succeeded' : 'Failed';
  }
  return { ...status, phase, conditions };
}
