// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { secondsSince } from '../status/timing';

/** What a verdict about pods rests on; the watch cache's projection satisfies it. @public */
export interface PodFacts {
  name: string;
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
  /** One of them, and the container in it that says so; a pod without a node has none. */
  pod: string;
  container?: string;
}

/** Groups of reasons that have the same meaning and the same next step. @public */
export type TroubleCause =
  | 'pull'
  | 'pull-missing'
  | 'pull-denied'
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
  'pull-missing',
  'pull-denied',
  'pull',
  'config',
  'memory',
  'crash',
  'quota',
  'schedule',
  'other',
];

/** The image that a kubelet's message is about: `failed to pull and unpack image "<image>": ...`. */
function imageIn(message: string): string | undefined {
  return /image "([^"\s]+)"/.exec(message)?.[1];
}

/** What containerd and registries say about an image that cannot be had. */
function causeOfPull(message: string): TroubleCause {
  if (!imageIn(message)) {
    return 'pull';
  }
  if (/not found|manifest unknown|does not exist/i.test(message)) {
    return 'pull-missing';
  }
  return /unauthorized|denied|forbidden|authentication required/i.test(message)
    ? 'pull-denied'
    : 'pull';
}

/** The group that a Kubernetes reason belongs to, narrowed by its message. @public */
export function causeOfTrouble(reason: string, message = ''): TroubleCause {
  const cause = Object.prototype.hasOwnProperty.call(CAUSES, reason)
    ? CAUSES[reason]
    : 'other';
  return cause === 'pull' ? causeOfPull(message) : cause;
}

/** What the phrases about a trouble have to fill in. */
export function paramsOfTrouble(
  trouble: Pick<PodTrouble, 'reason' | 'message'>,
): Record<string, string> {
  const image = imageIn(trouble.message ?? '');
  return { reason: trouble.reason, ...(image ? { image } : {}) };
}

interface OnePodsTrouble {
  reason: string;
  message?: string;
  container?: string;
}

function troubleOfPod(pod: PodFacts, now: Date): OnePodsTrouble | undefined {
  if (pod.ready || pod.deletedAt || pod.phase === 'Succeeded') {
    return undefined;
  }
  for (const {
    name: container,
    ready,
    waiting,
    terminated,
  } of pod.containers) {
    // A container that waits after running out of memory says CrashLoopBackOff: the older word is the cause.
    if (!ready && terminated?.reason === 'OOMKilled') {
      return { reason: 'OOMKilled', message: waiting?.message, container };
    }
    if (waiting && !NORMAL.has(waiting.reason)) {
      return { ...waiting, container };
    }
    if (!ready && terminated && terminated.exitCode !== 0) {
      return {
        reason: terminated.reason,
        message: `exit code ${terminated.exitCode}`,
        container,
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
      // The one that says most stands for all.
      const telling = known?.message ? known : { ...trouble, pod: pod.name };
      const { reason, message, pod: name, container } = telling;
      found.set(reason, {
        reason,
        ...(message ? { message } : {}),
        pods: (known?.pods ?? 0) + 1,
        pod: name,
        ...(container ? { container } : {}),
      });
    }
  }
  const rank = (trouble: PodTrouble) =>
    WORST_FIRST.indexOf(causeOfTrouble(trouble.reason, trouble.message));
  return [...found.values()].sort(
    (a, b) =>
      b.pods - a.pods || rank(a) - rank(b) || a.reason.localeCompare(b.reason),
  )[0];
}
