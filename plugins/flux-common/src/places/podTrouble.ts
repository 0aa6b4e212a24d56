// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { secondsSince } from '../status/timing';

/** What a verdict about pods rests on; the watch cache's projection satisfies it. @public */
export interface PodFacts {
  createdAt: string;
  deletedAt?: string;
  phase: string;
  ready: boolean;
  node?: string;
  containers: Array<{
    name: string;
    ready: boolean;
    restarts: number;
    waiting?: { reason: string; message?: string };
    terminated?: { reason: string; exitCode: number };
    init: boolean;
  }>;
}

/** Why pods are not ready: the worst cause, and how many pods have it. @public */
export interface PodTrouble {
  /** Kubernetes' own word, such as `ImagePullBackOff`. */
  reason: string;
  message?: string;
  pods: number;
}

/** Groups of reasons that have the same meaning and the same next step. @public */
export type TroubleCause =
  | 'pull'
  | 'crash'
  | 'memory'
  | 'config'
  | 'schedule'
  | 'quota'
  | 'other';

const CAUSES: Record<string, TroubleCause> = {
  ImagePullBackOff: 'pull',
  ErrImagePull: 'pull',
  InvalidImageName: 'pull',
  ErrImageNeverPull: 'pull',
  RegistryUnavailable: 'pull',
  CrashLoopBackOff: 'crash',
  Error: 'crash',
  RunContainerError: 'crash',
  StartError: 'crash',
  OOMKilled: 'memory',
  CreateContainerConfigError: 'config',
  CreateContainerError: 'config',
  Unschedulable: 'schedule',
  FailedCreate: 'quota',
};

/** Waits that are part of every start. */
const NORMAL = new Set(['ContainerCreating', 'PodInitializing']);
const UNSCHEDULED_SECONDS = 30;
const WORST_FIRST: TroubleCause[] = [
  'pull',
  'config',
  'memory',
  'crash',
  'quota',
  'schedule',
  'other',
];

/** The group that a Kubernetes reason belongs to. @public */
export function causeOfTrouble(reason: string): TroubleCause {
  return Object.prototype.hasOwnProperty.call(CAUSES, reason)
    ? CAUSES[reason]
    : 'other';
}

function troubleOfPod(
  pod: PodFacts,
  now: Date,
): { reason: string; message?: string } | undefined {
  if (pod.ready || pod.deletedAt || pod.phase === 'Succeeded') {
    return undefined;
  }
  for (const container of pod.containers) {
    // A container that waits after running out of memory says CrashLoopBackOff: the older word is the cause.
    if (!container.ready && container.terminated?.reason === 'OOMKilled') {
      return { reason: 'OOMKilled', message: container.waiting?.message };
    }
    if (container.waiting && !NORMAL.has(container.waiting.reason)) {
      return container.waiting;
    }
    if (
      !container.ready &&
      container.terminated &&
      container.terminated.exitCode !== 0
    ) {
      return {
        reason: container.terminated.reason,
        message: `exit code ${container.terminated.exitCode}`,
      };
    }
  }
  if (
    pod.phase === 'Pending' &&
    !pod.node &&
    secondsSince(pod.createdAt, now) > UNSCHEDULED_SECONDS
  ) {
    return { reason: 'Unschedulable' };
  }
  return undefined;
}

/**
 * The cause that keeps most pods from being ready; of equally frequent ones
 * the more telling. Undefined when no pod says anything but "starting".
 *
 * @public
 */
export function findPodTrouble(
  pods: PodFacts[],
  now: Date,
): PodTrouble | undefined {
  const found = new Map<string, PodTrouble>();
  for (const pod of pods) {
    const trouble = troubleOfPod(pod, now);
    if (trouble) {
      const known = found.get(trouble.reason);
      found.set(trouble.reason, {
        reason: trouble.reason,
        ...(known?.message ?? trouble.message
          ? { message: known?.message ?? trouble.message }
          : {}),
        pods: (known?.pods ?? 0) + 1,
      });
    }
  }
  const rank = (trouble: PodTrouble) =>
    WORST_FIRST.indexOf(causeOfTrouble(trouble.reason));
  return [...found.values()].sort(
    (a, b) =>
      b.pods - a.pods || rank(a) - rank(b) || a.reason.localeCompare(b.reason),
  )[0];
}
