// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DeleteOptions, KubeObject, ResourceKind } from '../types';
import { FOREGROUND, ORPHAN } from './GarbageCollector';
import { stamp } from './prepare';

/**
 * The object as a deletion leaves it: with its finalizers, marked, with its
 * grace period (`kubernetes/apiserver:pkg/registry/rest/delete.go`, `BeforeDelete`).
 *
 * @param hasContents a namespace or definition that must be emptied first
 * @returns the object itself when nothing changes, undefined when nothing holds it and it is to be removed at once
 */
export function marked(
  kind: ResourceKind,
  object: KubeObject,
  options: DeleteOptions,
  now: Date,
  hasContents: boolean,
): KubeObject | undefined {
  const { metadata } = object;
  const held = metadata.deletionGracePeriodSeconds;
  const grace = graceOf(kind, object, options);
  const asked = options.gracePeriodSeconds;
  if (
    metadata.deletionTimestamp &&
    held &&
    (asked === undefined || asked >= held)
  ) {
    // Its kubelet is at it already, and only a shorter time changes that.
    return object;
  }
  const finalizers = finalizersOf(kind, object, options);
  const changed = finalizers.join() !== (metadata.finalizers ?? []).join();
  const isNamespace = kind.kind === 'Namespace' && kind.group === '';
  if (metadata.deletionTimestamp) {
    if (!held && !changed) {
      return finalizers.length > 0 || hasContents ? object : undefined;
    }
    return {
      ...object,
      metadata: {
        ...withFinalizers(object, finalizers),
        deletionGracePeriodSeconds: held ? asked : 0,
      },
    };
  }
  if (
    grace === 0 &&
    finalizers.length === 0 &&
    !hasContents &&
    // A namespace has a finalizer in its spec, which its controller removes.
    !isNamespace
  ) {
    return undefined;
  }
  return {
    ...object,
    metadata: {
      ...withFinalizers(object, finalizers),
      deletionTimestamp: stamp(new Date(now.getTime() + grace * 1000)),
      deletionGracePeriodSeconds: grace,
      ...(metadata.generation ? { generation: metadata.generation + 1 } : {}),
    },
    ...(isNamespace
      ? { status: { ...object.status, phase: 'Terminating' } }
      : {}),
  };
}

function withFinalizers({ metadata }: KubeObject, finalizers: string[]) {
  const { finalizers: before, ...rest } = metadata;
  return finalizers.length > 0 ? { ...rest, finalizers } : rest;
}

/**
 * What is asked for wins; without a word an earlier deletion's choice stays,
 * and else it is the kind's default. Jobs leave their pods behind unless the
 * client says otherwise (`kubernetes/kubernetes:pkg/registry/batch/job/strategy.go`).
 */
function finalizersOf(
  kind: ResourceKind,
  { metadata }: KubeObject,
  { propagationPolicy }: DeleteOptions,
): string[] {
  const before = metadata.finalizers ?? [];
  const own = before.filter(name => name !== ORPHAN && name !== FOREGROUND);
  let policy = propagationPolicy;
  if (!policy && before.includes(ORPHAN)) {
    policy = 'Orphan';
  } else if (!policy && before.includes(FOREGROUND)) {
    policy = 'Foreground';
  } else if (!policy && kind.kind === 'Job' && kind.group === 'batch') {
    policy = 'Orphan';
  }
  switch (policy) {
    case 'Orphan':
      return [...own, ORPHAN];
    case 'Foreground':
      return [...own, FOREGROUND];
    default:
      return own;
  }
}

/** Seconds until a pod is gone; a pod without a node or whose containers have ended goes at once. */
function graceOf(
  kind: ResourceKind,
  object: KubeObject,
  options: DeleteOptions,
): number {
  if (
    kind.kind !== 'Pod' ||
    kind.group !== '' ||
    !object.spec?.nodeName ||
    ['Succeeded', 'Failed'].includes(object.status?.phase)
  ) {
    return 0;
  }
  return (
    options.gracePeriodSeconds ??
    object.spec.terminationGracePeriodSeconds ??
    30
  );
}
