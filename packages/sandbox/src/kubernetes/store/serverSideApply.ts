// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject, ManagedFieldsEntry } from '../types';
import {
  compare,
  difference,
  type Fields,
  fieldsOf,
  type FieldSet,
  isMap,
  itemElement,
  type Json,
  union,
} from './fieldSets';
import {
  conflictError,
  conflictsOf,
  entryOf,
  ownable,
  sameWriter,
  sorted,
  type Writer,
} from './managedFields';
import { keyDefault, type Schema } from './schema';

export interface ApplyResult {
  object: KubeObject;
  managedFields: ManagedFieldsEntry[];
}

/**
 * Merges an applied configuration into what is there: takes its values, drops
 * what this manager applied before and no longer does, unless another manager
 * owns it too (`kubernetes-sigs/structured-merge-diff:merge/update.go`).
 *
 * @throws ApiError 409 when others own a field whose value changes, without `force`
 */
export function serverSideApply(
  schema: Schema,
  live: KubeObject,
  applied: KubeObject,
  writer: Writer,
  options: { force?: boolean; status: boolean; subresource?: string },
): ApplyResult {
  const entries = live.metadata.managedFields ?? [];
  const before = ownable(live, options);
  const config = ownable(applied, options);
  const fields = fieldsOf(schema, config, [], false);
  let merged = merge(schema, before, config, []);
  const compared = compare(schema, before, merged);
  const changed = union(compared.modified, compared.added);
  const conflicts = conflictsOf(entries, writer, changed);
  if (conflicts.length > 0 && !options.force) {
    throw conflictError(conflicts);
  }
  const own = entries.find(entry => sameWriter(entry, writer));
  const rest = entries
    .filter(entry => entry !== own)
    .map(entry => ({
      entry,
      fields: difference(entry.fieldsV1 as FieldSet, changed) as Fields,
    }));
  const dropped = difference(own?.fieldsV1 as FieldSet | undefined, fields);
  const others = rest.reduce<Fields>(
    (all, { fields: of }) => union(all, of),
    undefined,
  );
  const prunable = difference(dropped, others);
  if (prunable) {
    merged = prune(schema, merged, prunable, union(fields, others), []);
  }
  const { removed } = compare(schema, before, merged);
  const managedFields = rest.flatMap(({ entry, fields: of }) => {
    const left = difference(of, removed);
    return left ? [{ ...entry, fieldsV1: left }] : [];
  });
  const { status, metadata, ...others2 } = merged;
  const object: KubeObject = {
    ...live,
    ...(options.subresource === 'status' ? {} : others2),
    metadata: {
      ...live.metadata,
      ...(metadata ? withoutEmpty(live, metadata) : {}),
    },
    ...(status === undefined ? {} : { status }),
  };
  for (const field of Object.keys(before)) {
    if (!(field in merged) && field !== 'metadata') {
      delete object[field];
    }
  }
  const stampOf = own && sameFields(own.fieldsV1 as FieldSet, fields);
  return {
    object,
    managedFields: sorted([
      ...managedFields,
      // The time is the caller's to set: it moves only when the object does.
      stampOf
        ? { ...own }
        : entryOf(writer, Object.keys(fields).length ? fields : {}),
    ]),
  };
}

function sameFields(a: FieldSet, b: FieldSet): boolean {
  return !difference(a, b) && !difference(b, a);
}

/** Maps of the metadata that lost their last entry have to vanish from the object as well. */
function withoutEmpty(live: KubeObject, metadata: Json): Json {
  const result = { ...metadata };
  for (const field of [
    'labels',
    'annotations',
    'finalizers',
    'ownerReferences',
  ] as const) {
    if (live.metadata[field] && metadata[field] === undefined) {
      result[field] = undefined;
    }
  }
  return result;
}

function merge(
  schema: Schema,
  live: Json,
  applied: Json,
  path: string[],
): Json {
  if (applied === undefined) {
    return live;
  }
  if (live === undefined || live === null) {
    return withKeyDefaults(schema, applied, path);
  }
  if (isMap(live) && isMap(applied) && !schema.isAtomicMap(path)) {
    const result: Record<string, Json> = { ...live };
    for (const field of Object.keys(applied)) {
      result[field] = merge(schema, live[field], applied[field], [
        ...path,
        field,
      ]);
    }
    return result;
  }
  if (Array.isArray(live) && Array.isArray(applied)) {
    const type = schema.listType(path);
    if (type === 'set') {
      return [...new Set([...live, ...applied])];
    }
    if (type !== 'atomic') {
      const result = new Map<string, Json>(
        live.map(item => [itemElement(type.keys, item), item]),
      );
      for (const item of applied) {
        const key = itemElement(type.keys, item);
        result.set(key, merge(schema, result.get(key), item, path));
      }
      return [...result.values()];
    }
  }
  return applied;
}

function withKeyDefaults(schema: Schema, value: Json, path: string[]): Json {
  if (isMap(value) && !schema.isAtomicMap(path)) {
    return Object.fromEntries(
      Object.entries(value).map(([field, child]) => [
        field,
        withKeyDefaults(schema, child, [...path, field]),
      ]),
    );
  }
  const type = Array.isArray(value) ? schema.listType(path) : 'atomic';
  if (typeof type === 'string') {
    return value;
  }
  const defaults = type.keys.flatMap(key => {
    const preset = keyDefault(key);
    return preset ? [[key, preset]] : [];
  });
  return (value as Json[]).map(item => ({
    ...withKeyDefaults(schema, item, path),
    ...Object.fromEntries(defaults.filter(([key]) => item[key] === undefined)),
  }));
}

/** Removes `gone` from a value; an item or map in which somebody still owns something stays. */
function prune(
  schema: Schema,
  value: Json,
  gone: FieldSet,
  kept: Fields,
  path: string[],
): Json {
  if (isMap(value) && !schema.isAtomicMap(path)) {
    const result: Record<string, Json> = {};
    for (const [field, child] of Object.entries(value)) {
      const left = prunedChild(
        schema,
        child,
        gone[`f:${field}`],
        kept?.[`f:${field}`],
        [...path, field],
      );
      if (left !== undefined) {
        result[field] = left;
      }
    }
    return result;
  }
  if (Array.isArray(value)) {
    const type = schema.listType(path);
    return value.flatMap(item => {
      const element =
        typeof type === 'string'
          ? `v:${JSON.stringify(item)}`
          : itemElement(type.keys, item);
      const left = prunedChild(
        schema,
        item,
        gone[element],
        kept?.[element],
        path,
      );
      return left === undefined ? [] : [left];
    });
  }
  return value;
}

function prunedChild(
  schema: Schema,
  child: Json,
  gone: Fields,
  kept: Fields,
  path: string[],
): Json | undefined {
  if (!gone) {
    return child;
  }
  const whole = '.' in gone || Object.keys(gone).length === 0;
  if (whole && !kept) {
    return undefined;
  }
  const left = prune(schema, child, gone, kept, path);
  const emptied =
    (isMap(left) && Object.keys(left).length === 0) ||
    (Array.isArray(left) && left.length === 0);
  return emptied && !kept && !schema.isAlwaysThere(path) ? undefined : left;
}
