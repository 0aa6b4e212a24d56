// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Free-form part of a manifest: what was parsed has no type yet. */
export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | Json[]
  | JsonMap;
export interface JsonMap {
  [key: string]: Json;
}

/** One object of a rendered file. */
export interface Manifest {
  /** Path of its file. */
  path: string;
  apiVersion: string;
  kind: string;
  name: string;
  object: JsonMap;
}

/** What the manifests are for. */
export interface ManifestScope {
  team: string;
  service: string;
  environments: string[];
  /** Host of the container registry. */
  registry: string;
}

/** One thing that must be corrected. */
export interface ManifestProblem {
  path: string;
  message: string;
}

/** The value at a dotted path, undefined where a part is missing. */
export function at(value: Json, path: string): Json {
  let found: Json = value;
  for (const part of path.split('.')) {
    if (found === null || typeof found !== 'object') {
      return undefined;
    }
    found = Array.isArray(found) ? found[Number(part)] : found[part];
  }
  return found;
}

/** The value as a map; empty when it is none. */
export function asMap(value: Json): JsonMap {
  return value && typeof value === 'object' && !Array.isArray(value)
    ? value
    : {};
}

/** The value as a list; empty when it is none. */
export function asList(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}
