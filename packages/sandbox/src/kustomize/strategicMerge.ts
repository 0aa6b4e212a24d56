// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { KustomizeError } from './KustomizeError';

type Node = Record<string, unknown>;

/**
 * The keys by which lists of the built-in kinds merge, by the list's field
 * name (`x-kubernetes-patch-merge-key` in the Kubernetes OpenAPI document).
 * Every other list is replaced whole, and all lists of custom resources are.
 */
const MERGE_KEYS: Record<string, readonly string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  conditions: ['type'],
  resourceClaims: ['name'],
};

const BUILT_IN_GROUPS = /^(|apps|batch|autoscaling|policy|.*\.k8s\.io)$/;

/**
 * A strategic merge patch, as kustomize does it: null deletes, `$patch`
 * directives are honoured, list items of the patch come first
 * (`kubernetes-sigs/kustomize:kyaml/yaml/merge2`, ListPrepend).
 *
 * @returns the merged object, or undefined when the patch deletes it
 */
export function strategicMerge<T extends object>(
  target: T,
  patch: object,
  group: string,
): T | undefined {
  const merged = mergeObjects(
    target as Node,
    patch as Node,
    BUILT_IN_GROUPS.test(group),
  );
  return merged as T | undefined;
}

function mergeObjects(
  target: Node,
  patch: Node,
  associative: boolean,
): Node | undefined {
  const directive = patch.$patch;
  if (directive === 'delete') {
    return undefined;
  }
  if (directive === 'replace') {
    return withoutDirectives(patch) as Node;
  }
  const result: Node = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) {
      continue;
    }
    if (value === null) {
      delete result[key];
      continue;
    }
    const before = result[key];
    if (isObject(value)) {
      const merged = mergeObjects(
        isObject(before) ? before : {},
        value,
        associative,
      );
      if (merged === undefined) {
        delete result[key];
      } else {
        result[key] = merged;
      }
    } else if (Array.isArray(value)) {
      result[key] = mergeLists(key, before, value, associative);
    } else {
      result[key] = value;
    }
  }
  return result;
}

function mergeLists(
  field: string,
  before: unknown,
  patch: readonly unknown[],
  associative: boolean,
): unknown[] {
  const replace = patch.some(
    item => isObject(item) && item.$patch === 'replace',
  );
  const items = patch.filter(
    item =>
      !(
        isObject(item) &&
        item.$patch === 'replace' &&
        Object.keys(item).length === 1
      ),
  );
  const keys = keysOf(field, [
    ...(Array.isArray(before) ? before : []),
    ...items,
  ]);
  if (replace || !associative || !keys || !Array.isArray(before)) {
    return items
      .filter(item => !(isObject(item) && item.$patch === 'delete'))
      .map(withoutDirectives);
  }
  const rest = [...before];
  const first: unknown[] = [];
  for (const item of items) {
    if (!isObject(item)) {
      throw new KustomizeError(
        `wrong Node Kind for ${field} expected: MappingNode was ScalarNode: value: {${String(
          item,
        )}}`,
      );
    }
    const at = rest.findIndex(
      other => isObject(other) && keys.every(key => other[key] === item[key]),
    );
    const found = at === -1 ? undefined : (rest.splice(at, 1)[0] as Node);
    const merged = mergeObjects(found ?? {}, item, associative);
    if (merged !== undefined) {
      first.push(merged);
    }
  }
  return [...first, ...rest];
}

/** `ports` merges by containerPort in containers and by port in Services. */
function keysOf(
  field: string,
  items: readonly unknown[],
): readonly string[] | undefined {
  if (field !== 'ports') {
    return MERGE_KEYS[field];
  }
  const objects = items.filter(isObject);
  const key = objects.some(item => 'containerPort' in item)
    ? 'containerPort'
    : 'port';
  return objects.some(item => 'protocol' in item) &&
    objects.every(item => 'protocol' in item)
    ? [key, 'protocol']
    : [key];
}

function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutDirectives);
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !key.startsWith('$') && inner !== null)
      .map(([key, inner]) => [key, withoutDirectives(inner)]),
  );
}

function isObject(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
