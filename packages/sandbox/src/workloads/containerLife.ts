// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import { safeHash, stamp } from './objects';
import { behaviourOf, type ContainerStatus } from './podStatus';

/** What happens next to a pod's containers: a new status now, or a wait in simulated milliseconds. */
export interface ContainerStep {
  status?: object;
  waitMs?: number;
  event?: { type?: 'Normal' | 'Warning'; reason: string; message: string };
}

type Resolve = (image: string) => { digest: string } | undefined;

const PULL_MS = 1500;
const READY_MS = 3000;
const SLOW_START_MS = 60_000;
const CRASH_MS = 1000;
const OOM_MS = 20_000;
const JOB_MS = 20_000;
/** The kubelet's back-off: 10 s, doubled up to 5 min. */
const BACKOFF_MS = 10_000;
const LARGEST_BACKOFF_MS = 300_000;

const PULL_FAILURES = ['ErrImagePull', 'ImagePullBackOff'];

interface OneStep {
  status?: ContainerStatus;
  waitMs?: number;
  event?: ContainerStep['event'];
}

class Life {
  readonly #behaviour: string | undefined;

  constructor(
    private readonly pod: KubeObject,
    private readonly now: Date,
    private readonly speed: number,
    private readonly resolve: Resolve,
    private readonly init: boolean,
  ) {
    this.#behaviour = behaviourOf(pod);
  }

  next(container: ContainerStatus): OneStep {
    const { waiting, running, terminated } = container.state;
    if (running) {
      return this.#running(container, running.startedAt);
    }
    if (terminated) {
      return this.#ended(container, terminated.finishedAt);
    }
    switch (waiting?.reason) {
      case 'CrashLoopBackOff':
        return this.#ended(
          container,
          container.lastState.terminated?.finishedAt ?? stamp(this.now),
        );
      case 'ErrImagePull':
        return this.#after(this.#pullClock(), 2 * PULL_MS, () => ({
          ...container,
          state: {
            waiting: {
              reason: 'ImagePullBackOff',
              message: `Back-off pulling image "${container.image}": ${waiting.message}`,
            },
          },
        }));
      case 'ImagePullBackOff':
        // Git, registry or both may have changed: look again now and then.
        return this.resolve(container.image)
          ? this.#start(container)
          : { waitMs: 10_000 };
      default:
        return this.#after(this.pod.status.startTime, PULL_MS, () =>
          this.#pull(container),
        );
    }
  }

  #pullClock(): string {
    const condition = (this.pod.status.conditions ?? []).find(
      ({ type }: { type: string }) => type === 'ContainersReady',
    );
    return condition?.lastTransitionTime ?? this.pod.status.startTime;
  }

  #after(
    since: string,
    ms: number,
    then: () => ContainerStatus | OneStep,
  ): OneStep {
    const passed = (this.now.getTime() - Date.parse(since)) * this.speed;
    if (passed < ms) {
      return { waitMs: Math.min(ms, ms - passed) };
    }
    const result = then();
    return 'state' in result ? { status: result } : result;
  }

  #pull(container: ContainerStatus): OneStep {
    if (this.resolve(container.image)) {
      return this.#start(container);
    }
    const message = `failed to pull and unpack image "${container.image}": ${container.image}: not found`;
    return {
      status: {
        ...container,
        state: { waiting: { reason: PULL_FAILURES[0], message } },
      },
      event: {
        type: 'Warning',
        reason: 'Failed',
        message: `Failed to pull image "${container.image}": ${message}`,
      },
    };
  }

  #start(container: ContainerStatus): OneStep {
    const digest = this.resolve(container.image)!.digest;
    const repository = container.image.replace(/(:[^:/]+|@sha256:.*)$/, '');
    const restarted = Boolean(container.lastState.terminated);
    return {
      status: {
        ...container,
        imageID: `${repository}@${digest}`,
        containerID: `containerd://${safeHash(
          [this.pod.metadata.uid, container.name, container.restartCount],
          32,
        )}`,
        started: true,
        ready: false,
        restartCount: container.restartCount + (restarted ? 1 : 0),
        state: { running: { startedAt: stamp(this.now) } },
      },
      event: { reason: 'Started', message: `Container started` },
    };
  }

  #running(container: ContainerStatus, startedAt: string): OneStep {
    const crashes =
      this.#behaviour === (this.init ? 'init-crash' : 'crash-loop');
    if (crashes) {
      return this.#after(startedAt, CRASH_MS, () =>
        this.#terminate(container, startedAt, 1, 'Error'),
      );
    }
    if (this.init) {
      return this.#after(startedAt, CRASH_MS, () =>
        this.#terminate(container, startedAt, 0, 'Completed'),
      );
    }
    const runsToEnd = (this.pod.spec.restartPolicy ?? 'Always') !== 'Always';
    if (runsToEnd) {
      return this.#after(startedAt, JOB_MS, () =>
        this.#terminate(container, startedAt, 0, 'Completed'),
      );
    }
    if (!container.ready && this.#behaviour !== 'never-ready') {
      const delay = this.#behaviour === 'slow-start' ? SLOW_START_MS : READY_MS;
      return this.#after(startedAt, delay, () => ({
        ...container,
        ready: true,
      }));
    }
    if (this.#behaviour === 'oom') {
      return this.#after(startedAt, OOM_MS, () =>
        this.#terminate(container, startedAt, 137, 'OOMKilled'),
      );
    }
    return {};
  }

  #terminate(
    container: ContainerStatus,
    startedAt: string,
    exitCode: number,
    reason: string,
  ): OneStep {
    const terminated = {
      exitCode,
      reason,
      startedAt,
      finishedAt: stamp(this.now),
    };
    const policy = this.pod.spec.restartPolicy ?? 'Always';
    const restarts =
      policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
    if (!restarts || exitCode === 0) {
      return {
        status: {
          ...container,
          ready: this.init && exitCode === 0,
          started: false,
          state: { terminated },
        },
      };
    }
    const backoff = backoffMs(container.restartCount);
    return {
      status: {
        ...container,
        ready: false,
        started: false,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: `back-off ${backoff / 1000}s restarting failed container=${
              container.name
            } pod=${this.pod.metadata.name}_${this.pod.metadata.namespace}`,
          },
        },
        lastState: { terminated },
      },
      event: {
        type: 'Warning',
        reason: 'BackOff',
        message: `Back-off restarting failed container ${container.name} in pod ${this.pod.metadata.name}`,
      },
    };
  }

  #ended(container: ContainerStatus, finishedAt: string): OneStep {
    if (container.state.terminated && !container.lastState.terminated) {
      return {};
    }
    return this.#after(finishedAt, backoffMs(container.restartCount), () =>
      this.#start(container),
    );
  }
}

/**
 * One step in the life of a pod's containers, from its status alone.
 *
 * Source: the states and messages that a kubelet shows, as recorded from pods
 * that crash, run out of memory or cannot pull.
 */
export function nextOfContainers(
  pod: KubeObject,
  now: Date,
  speed: number,
  resolve: Resolve,
): ContainerStep {
  const inits: ContainerStatus[] = pod.status.initContainerStatuses ?? [];
  const containers: ContainerStatus[] = pod.status.containerStatuses;
  const pending = inits.find(init => init.state.terminated?.exitCode !== 0);
  const field = pending ? 'initContainerStatuses' : 'containerStatuses';
  const statuses = pending ? inits : containers;
  const life = new Life(pod, now, speed, resolve, Boolean(pending));
  const results = pending
    ? [life.next(pending)]
    : containers.map(container => life.next(container));
  const changed = results.some(result => result.status);
  const waits = results.flatMap(({ waitMs }) => waitMs ?? []);
  if (!changed) {
    return waits.length ? { waitMs: Math.min(...waits) } : {};
  }
  const updated = new Map(
    results.flatMap(({ status }) => (status ? [[status.name, status]] : [])),
  );
  return {
    status: {
      ...pod.status,
      podIP: pod.status.podIP ?? podAddress(pod),
      [field]: statuses.map(status => updated.get(status.name) ?? status),
    },
    event: results.find(({ event }) => event)?.event,
  };
}

function backoffMs(restarts: number): number {
  return Math.min(LARGEST_BACKOFF_MS, BACKOFF_MS * 2 ** Math.min(10, restarts));
}

function podAddress(pod: KubeObject): string {
  const bytes = Buffer.from(safeHash(pod.metadata.uid, 2));
  return `10.244.${bytes[0]}.${bytes[1]}`;
}
