// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject, ResourceKind } from '../types';
import type { CommittedObjects } from './CommittedObjects';
import { forbidden, namespaceMissing, namespaceTerminating } from './errors';
import { quotaRefusal } from './quota';

/**
 * Admission of new objects by their namespace.
 *
 * @throws ApiError 404 when it is missing, 403 when it is going away
 */
export function checkNamespace(
  objects: CommittedObjects,
  kind: ResourceKind,
  { namespace, name }: { namespace: string; name: string },
): void {
  if (!objects.kindOf('v1', 'Namespace')) {
    return;
  }
  const home = objects.get({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: namespace,
  });
  if (!home) {
    throw namespaceMissing(namespace);
  }
  if (home.metadata.deletionTimestamp) {
    throw namespaceTerminating(kind, name, namespace);
  }
}

/**
 * Admission of new pods by the quotas of their namespace.
 *
 * @throws ApiError 403 when one has no room
 */
export function checkQuota(
  objects: CommittedObjects,
  kind: ResourceKind,
  pod: KubeObject,
): void {
  if (kind.kind !== 'Pod') {
    return;
  }
  const { namespace, name } = pod.metadata;
  const quotas = objects.list('v1', 'ResourceQuota', { namespace });
  const why =
    quotas.length > 0 &&
    quotaRefusal(pod, quotas, objects.list('v1', 'Pod', { namespace }));
  if (why) {
    throw forbidden(kind, name, why);
  }
}
