// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject, ResourceKind } from '../types';
import { isCustom } from '../kinds/names';
import { isMap, type Json } from './fieldSets';

function copy(value: Json, dropNulls: boolean): Json {
  if (Array.isArray(value)) {
    return value.map(item => copy(item, dropNulls));
  }
  if (!isMap(value)) {
    return value;
  }
  const result: Record<string, Json> = {};
  for (const field of Object.keys(value)) {
    const child = value[field];
    if (child !== undefined && !(dropNulls && child === null)) {
      result[field] = copy(child, dropNulls);
    }
  }
  return result;
}

/** A caller's object as the server decodes it: a copy, without nulls where the Go type has none. */
export function normalized(kind: ResourceKind, object: KubeObject): KubeObject {
  const result = copy(object, false) as KubeObject;
  result.metadata = copy(object.metadata ?? {}, true);
  for (const field of [
    'labels',
    'annotations',
    'finalizers',
    'ownerReferences',
  ] as const) {
    const value = result.metadata[field];
    if (value && Object.keys(value).length === 0) {
      delete result.metadata[field];
    }
  }
  if (!isCustom(kind) && result.spec) {
    result.spec = copy(object.spec, true);
  }
  return result;
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) {
      deepFreeze(child);
    }
  }
  return value;
}
