// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject, ObjectRef } from '../kubernetes/types';
import { groupOf, versionOf } from '../kustomize/Resource';

/** One line of `status.inventory.entries`. */
export interface InventoryEntry {
  id: string;
  v: string;
}

/**
 * `<namespace>_<name>_<group>_<kind>`; colons of RBAC names are written `__`
 * (`fluxcd/cli-utils:pkg/object/objmetadata.go`).
 */
export function inventoryEntry(object: KubeObject): InventoryEntry {
  const name = /^rbac\.authorization\.k8s\.io\//.test(object.apiVersion)
    ? object.metadata.name.replace(/:/g, '__')
    : object.metadata.name;
  return {
    id: `${object.metadata.namespace ?? ''}_${name}_${groupOf(
      object.apiVersion,
    )}_${object.kind}`,
    v: versionOf(object.apiVersion),
  };
}

/** Where the object of an entry is. The first `_` ends the namespace, the last two start group and kind. */
export function inventoryRef(entry: InventoryEntry): ObjectRef {
  const first = entry.id.indexOf('_');
  const last = entry.id.lastIndexOf('_');
  const middle = entry.id.lastIndexOf('_', last - 1);
  const namespace = entry.id.slice(0, first);
  const group = entry.id.slice(middle + 1, last);
  return {
    apiVersion: group ? `${group}/${entry.v}` : entry.v,
    kind: entry.id.slice(last + 1),
    name: entry.id.slice(first + 1, middle).replace(/__/g, ':'),
    ...(namespace ? { namespace } : {}),
  };
}

/** What stands in `before` and not in `after`. */
export function inventoryDiff(
  before: readonly InventoryEntry[],
  after: readonly InventoryEntry[],
): InventoryEntry[] {
  const kept = new Set(after.map(entry => entry.id));
  return before.filter(entry => !kept.has(entry.id));
}
