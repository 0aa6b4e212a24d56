// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, ObjectRef } from '../kubernetes/types';

const GROUP = 'kustomize.toolkit.fluxcd.io';

/** Whether an annotation exempts the object from being applied. */
export function skips(
  object: KubeObject,
  live: KubeObject | undefined,
): boolean {
  const excluded = [object, live].some(
    candidate =>
      candidate &&
      (says(candidate, 'reconcile', 'disabled') ||
        says(candidate, 'ssa', 'ignore')),
  );
  return (
    excluded || (live !== undefined && says(object, 'ssa', 'ifnotpresent'))
  );
}

/** Whether a label or annotation of Flux's group says `value`, in any case. */
export function says(object: KubeObject, key: string, value: string): boolean {
  const { labels, annotations } = object.metadata;
  return [labels, annotations].some(
    map => map?.[`${GROUP}/${key}`]?.toLowerCase() === value,
  );
}

/** Whether the dry run says that an apply would change the object. */
export function differs(live: KubeObject, dryRun: KubeObject): boolean {
  return !isDeepStrictEqual(comparable(live), comparable(dryRun));
}

function comparable(object: KubeObject): unknown {
  const { metadata, status: _, ...rest } = object;
  return {
    ...rest,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
  };
}

/** Changes with everything that an apply could change or would have to take over; not with status. */
export function fingerprint(live: KubeObject): string {
  const { metadata } = live;
  const version = metadata.generation ?? metadata.resourceVersion;
  const managers = (metadata.managedFields ?? [])
    .filter(entry => !entry.subresource)
    .map(entry => `${entry.manager}/${entry.operation}`);
  return JSON.stringify([
    metadata.uid,
    version,
    metadata.labels,
    metadata.annotations,
    managers,
  ]);
}

export function keyOf(ref: ObjectRef): string {
  return `${ref.apiVersion}/${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;
}
