// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { applyPatch, type Operation } from 'fast-json-patch';
import { ApiError } from '../ApiError';
import type { PatchType } from '../types';
import { isMap, type Json } from './fieldSets';
import type { Schema } from './schema';

/**
 * Applies a patch to a copy of an object.
 *
 * @throws ApiError 400 for a body that is no patch, 422 for a JSON patch that does not fit
 */
export function patched(
  schema: Schema,
  object: Json,
  type: PatchType,
  body: unknown,
): Json {
  switch (type) {
    case 'json':
      return jsonPatched(object, body);
    case 'strategic':
      if (schema.custom) {
        throw new ApiError(
          415,
          'UnsupportedMediaType',
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
        );
      }
      return strategicMerged(schema, object, checkedMap(body), []);
    default:
      return merged(object, checkedMap(body));
  }
}

function checkedMap(body: unknown): Record<string, Json> {
  if (!isMap(body)) {
    throw new ApiError(
      400,
      'BadRequest',
      'error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}',
    );
  }
  return body;
}

function jsonPatched(object: Json, body: unknown): Json {
  if (!Array.isArray(body)) {
    throw new ApiError(
      400,
      'BadRequest',
      'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  }
  try {
    return applyPatch(
      structuredClone(object),
      structuredClone(body) as Operation[],
      true,
    ).newDocument;
  } catch (error) {
    throw new ApiError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${
        (error as Error).message.split('\n')[0]
      }`,
    );
  }
}

/** RFC 7386. */
function merged(target: Json, patch: Json): Json {
  if (!isMap(patch)) {
    return patch;
  }
  const result: Record<string, Json> = isMap(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[field];
    } else {
      result[field] = merged(result[field], value);
    }
  }
  return result;
}

/**
 * Strategic merge patch as kubectl writes it: keyed lists merge by key,
 * `$patch: delete|replace`, `$deleteFromPrimitiveList/<field>`,
 * `$setElementOrder/<field>` and `$retainKeys` are understood
 * (`kubernetes/apimachinery:pkg/util/strategicpatch/patch.go`).
 */
function strategicMerged(
  schema: Schema,
  target: Json,
  patch: Json,
  path: string[],
): Json {
  if (!isMap(patch)) {
    return patch;
  }
  if (patch.$patch === 'replace') {
    const { $patch, ...rest } = patch;
    return rest;
  }
  let result: Record<string, Json> = isMap(target) ? { ...target } : {};
  if (Array.isArray(patch.$retainKeys)) {
    const keep = new Set(patch.$retainKeys);
    result = Object.fromEntries(
      Object.entries(result).filter(([field]) => keep.has(field)),
    );
  }
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith('$deleteFromPrimitiveList/')) {
      const name = field.slice('$deleteFromPrimitiveList/'.length);
      result[name] = ((result[name] ?? []) as Json[]).filter(
        item => !value.includes(item),
      );
    } else if (field.startsWith('$')) {
      continue;
    } else if (value === null) {
      delete result[field];
    } else if (Array.isArray(value)) {
      result[field] = mergedList(schema, result[field], value, [
        ...path,
        field,
      ]);
    } else {
      result[field] = strategicMerged(schema, result[field], value, [
        ...path,
        field,
      ]);
    }
  }
  return result;
}

function mergedList(
  schema: Schema,
  target: Json,
  patch: Json[],
  path: string[],
): Json[] {
  const type = schema.listType(path);
  const existing: Json[] = Array.isArray(target) ? [...target] : [];
  if (type === 'atomic') {
    return patch;
  }
  if (type === 'set') {
    return [...new Set([...existing, ...patch])];
  }
  if (patch.some(item => item?.$patch === 'replace')) {
    return patch.filter(item => item?.$patch !== 'replace');
  }
  // The strategic merge key is the first of the keys: ports merge by containerPort alone.
  const [key] = type.keys;
  for (const item of patch) {
    const at = existing.findIndex(other => other[key] === item[key]);
    if (item.$patch === 'delete') {
      if (at >= 0) {
        existing.splice(at, 1);
      }
    } else if (at >= 0) {
      existing[at] = strategicMerged(schema, existing[at], item, path);
    } else {
      existing.push(item);
    }
  }
  return existing;
}
