// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import { ApiError } from '../kubernetes/ApiError';
import type {
  ClusterStore,
  KubeObject,
  ObjectRef,
  OwnerReference,
} from '../kubernetes/types';

export const CONTROLLER_MANAGER = 'kube-controller-manager';
export const KUBELET = 'kubelet';

/** One entry of `status.conditions`. */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
}

/** RFC 3339 with second precision, as Kubernetes writes it. */
export function stamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** `<namespace>/<name>`: the key of an object within its kind. */
export function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

export function refOf(
  apiVersion: string,
  kind: string,
  key: string,
): ObjectRef {
  const [namespace, name] = key.split('/');
  return { apiVersion, kind, namespace, name };
}

export function ownerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(owner => owner.controller);
}

export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid!,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Objects of a kind in the owner's namespace that it controls. */
export function controlledBy(
  store: ClusterStore,
  owner: KubeObject,
  apiVersion: string,
  kind: string,
): KubeObject[] {
  return store
    .list(apiVersion, kind, { namespace: owner.metadata.namespace })
    .filter(object => ownerOf(object)?.uid === owner.metadata.uid);
}

/** The letters that Kubernetes uses for generated names: no vowels, no look-alikes. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** A hash in those letters. */
export function safeHash(value: unknown, length: number): string {
  const digest = createHash('sha256').update(JSON.stringify(value)).digest();
  return [...digest.subarray(0, length)]
    .map(byte => LETTERS[byte % LETTERS.length])
    .join('');
}

/** Random letters for a pod's name. */
export function randomSuffix(): string {
  return safeHash([Math.random(), process.hrtime.bigint().toString()], 5);
}

/**
 * Sets a condition in a copy of the list. The transition time moves only when
 * the status does, the update time with every change.
 */
export function withCondition(
  conditions: Condition[],
  next: Condition,
  now: Date,
  options: { updateTime?: boolean } = {},
): Condition[] {
  const known = conditions.find(({ type }) => type === next.type);
  if (
    known?.status === next.status &&
    known.reason === next.reason &&
    known.message === next.message
  ) {
    return conditions;
  }
  const changed: Condition = {
    ...next,
    lastTransitionTime:
      known?.status === next.status && known.lastTransitionTime
        ? known.lastTransitionTime
        : stamp(now),
    ...(options.updateTime ? { lastUpdateTime: stamp(now) } : {}),
  };
  return [...conditions.filter(({ type }) => type !== next.type), changed];
}

/** Writes the status when it differs. A lost race is no failure: the change that won brings us here again. */
export function writeStatus(
  store: ClusterStore,
  object: KubeObject,
  status: object,
  manager = CONTROLLER_MANAGER,
): void {
  if (JSON.stringify(object.status ?? {}) === JSON.stringify(status)) {
    return;
  }
  tolerate(() =>
    store.update({ ...object, status }, { manager, subresource: 'status' }),
  );
}

/** Runs a write that may lose to a deletion or another writer. */
export function tolerate<T>(write: () => T): T | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof ApiError && [404, 409].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}

/** Writes an Event as the controllers do. */
export function recordEvent(
  store: ClusterStore,
  clock: Clock,
  about: KubeObject,
  event: {
    type?: 'Normal' | 'Warning';
    reason: string;
    message: string;
    component: string;
  },
): void {
  const now = stamp(clock.now());
  const namespace = about.metadata.namespace ?? 'default';
  const name = `${about.metadata.name}.${safeHash(
    [about.metadata.uid, event.reason, event.message],
    16,
  )}`;
  const ref = { apiVersion: 'v1', kind: 'Event', namespace, name };
  const known = store.get(ref);
  tolerate(() =>
    known
      ? store.update(
          { ...known, count: (known.count ?? 1) + 1, lastTimestamp: now },
          { manager: event.component },
        )
      : store.create(
          {
            apiVersion: 'v1',
            kind: 'Event',
            metadata: { name, namespace },
            involvedObject: {
              apiVersion: about.apiVersion,
              kind: about.kind,
              namespace: about.metadata.namespace,
              name: about.metadata.name,
              uid: about.metadata.uid,
              resourceVersion: about.metadata.resourceVersion,
            },
            type: event.type ?? 'Normal',
            reason: event.reason,
            message: event.message,
            source: { component: event.component },
            reportingComponent: event.component,
            reportingInstance: '',
            firstTimestamp: now,
            lastTimestamp: now,
            eventTime: null,
            count: 1,
          },
          { manager: event.component },
        ),
  );
}
