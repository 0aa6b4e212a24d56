// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ResourceKind } from '../types';
import { isCustom } from '../kinds/names';

/** How a list merges: as one value, as a set of values, or as a map by these keys. */
export type ListType = 'atomic' | 'set' | { keys: string[] };

const BY_NAME = { keys: ['name'] };
const BY_TYPE = { keys: ['type'] };

/** Lists by the name of their field, in every built-in kind (`x-kubernetes-list-map-keys` of the served OpenAPI). */
const MAP_LISTS: Record<string, { keys: string[] }> = {
  containers: BY_NAME,
  initContainers: BY_NAME,
  ephemeralContainers: BY_NAME,
  volumes: BY_NAME,
  env: BY_NAME,
  imagePullSecrets: BY_NAME,
  resourceClaims: BY_NAME,
  schedulingGates: BY_NAME,
  claims: BY_NAME,
  volumeMounts: { keys: ['mountPath'] },
  volumeDevices: { keys: ['devicePath'] },
  hostAliases: { keys: ['ip'] },
  topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
  podIPs: { keys: ['ip'] },
};

/** Objects that are owned as one value (`x-kubernetes-map-type: atomic`), by the name of their field. */
const ATOMIC_MAPS = new Set([
  'selector',
  'labelSelector',
  'podSelector',
  'namespaceSelector',
  'objectSelector',
  'nodeSelector',
  'secretKeyRef',
  'configMapKeyRef',
  'fieldRef',
  'resourceFieldRef',
  'involvedObject',
  'roleRef',
  'targetRef',
  'dataSource',
  'secretRef',
]);

/** Values of a list's keys that the server fills in when they are left out. */
const KEY_DEFAULTS: Record<string, string> = { protocol: 'TCP' };

export function keyDefault(key: string): string | undefined {
  return KEY_DEFAULTS[key];
}

/** Object fields that the empty value of a Go type has. */
const ALWAYS_THERE = new Set([
  'spec',
  'status',
  'source',
  'spec.template',
  'spec.template.metadata',
  'spec.template.spec',
  'spec.jobTemplate',
  'spec.jobTemplate.spec',
  'spec.strategy',
  'spec.updateStrategy',
  'spec.scaleTargetRef',
  'spec.names',
  'spec.resources',
  'status.loadBalancer',
  'status.nodeInfo',
  'status.daemonEndpoints',
  'status.daemonEndpoints.kubeletEndpoint',
]);

/** Merge rules of one kind, by the names of the fields on the way (list items leave no name). */
export class Schema {
  readonly custom: boolean;
  readonly #kind: ResourceKind;

  constructor(kind: ResourceKind) {
    this.#kind = kind;
    this.custom = isCustom(kind);
  }

  listType(path: readonly string[]): ListType {
    const field = path[path.length - 1];
    if (path[0] === 'metadata') {
      if (field === 'finalizers') {
        return 'set';
      }
      return field === 'ownerReferences' ? { keys: ['uid'] } : 'atomic';
    }
    if (this.custom) {
      return 'atomic';
    }
    if (field === 'ports') {
      const owner = path[path.length - 2];
      if (/ontainers$/.test(owner)) {
        return { keys: ['containerPort', 'protocol'] };
      }
      return this.#kind.kind === 'Service' && owner === 'spec'
        ? { keys: ['port', 'protocol'] }
        : 'atomic';
    }
    if (field === 'conditions' && path[0] === 'status') {
      return this.#kind.kind === 'Job' ? 'atomic' : BY_TYPE;
    }
    if (field === 'addresses' && this.#kind.kind === 'Node') {
      return BY_TYPE;
    }
    if (field === 'secrets' && this.#kind.kind === 'ServiceAccount') {
      return BY_NAME;
    }
    return Object.hasOwn(MAP_LISTS, field) ? MAP_LISTS[field] : 'atomic';
  }

  isAtomicMap(path: readonly string[]): boolean {
    return !this.custom && ATOMIC_MAPS.has(path[path.length - 1]);
  }

  /**
   * Whether an object field is there in the empty value of the kind's Go type,
   * so that no writer is recorded as the one who added it.
   */
  isAlwaysThere(path: readonly string[]): boolean {
    if (path[0] === 'metadata') {
      return path.length === 1;
    }
    return (
      !this.custom &&
      ALWAYS_THERE.has(
        path
          .join('.')
          .replace(/^spec\.jobTemplate\.spec\./, 'spec.')
          .replace(/^spec\.jobTemplate\.metadata$/, 'spec.template.metadata'),
      )
    );
  }
}
