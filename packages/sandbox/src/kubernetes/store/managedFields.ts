// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ApiError } from '../ApiError';
import type { KubeObject, ManagedFieldsEntry } from '../types';
import {
  compare,
  difference,
  type Fields,
  type FieldSet,
  intersection,
  members,
  pathText,
  union,
} from './fieldSets';
import type { Schema } from './schema';

/** Who writes: one entry of `managedFields` without its fields. */
export interface Writer {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
  /** RFC 3339. */
  time: string;
}

/** Metadata that belongs to the server and to nobody else. */
const SERVER_METADATA = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/** The part of an object that managers can own. */
export function ownable(
  object: KubeObject,
  options: { status: boolean; subresource?: string },
): Record<string, unknown> {
  const { apiVersion, kind, ...rest } = object;
  const metadata: Record<string, unknown> = { ...object.metadata };
  for (const field of SERVER_METADATA) {
    delete metadata[field];
  }
  const result: Record<string, unknown> = { ...rest, metadata };
  if (options.subresource === 'status') {
    return { status: rest.status };
  }
  if (options.status) {
    delete result.status;
  }
  return result;
}

export function sameWriter(entry: ManagedFieldsEntry, writer: Writer): boolean {
  return (
    entry.manager === writer.manager &&
    entry.operation === writer.operation &&
    entry.apiVersion === writer.apiVersion &&
    entry.subresource === writer.subresource
  );
}

/** Apply entries first, then by time and name, as the server sorts them. */
export function sorted(entries: ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  return [...entries].sort(
    (a, b) =>
      compareText(a.operation, b.operation) ||
      compareText(a.time ?? '', b.time ?? '') ||
      compareText(a.manager, b.manager) ||
      compareText(a.subresource ?? '', b.subresource ?? ''),
  );
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

export function entryOf(writer: Writer, fields: FieldSet): ManagedFieldsEntry {
  return {
    manager: writer.manager,
    operation: writer.operation,
    apiVersion: writer.apiVersion,
    time: writer.time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(writer.subresource ? { subresource: writer.subresource } : {}),
  };
}

/**
 * Records an update: what changed belongs to the writer now and to nobody
 * else, what is gone belongs to nobody
 * (`kubernetes-sigs/structured-merge-diff:merge/update.go`).
 */
export function recordUpdate(
  schema: Schema,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  entries: ManagedFieldsEntry[],
  writer: Writer,
): ManagedFieldsEntry[] {
  const { added, modified, removed } = compare(schema, before, after);
  const taken = union(added, modified);
  if (!taken && !removed) {
    return entries;
  }
  const lost = union(taken, removed);
  let own: Fields;
  const others: ManagedFieldsEntry[] = [];
  for (const entry of entries) {
    if (sameWriter(entry, writer)) {
      own = difference(entry.fieldsV1 as FieldSet, removed);
      if (own && !taken) {
        others.push({ ...entry, fieldsV1: own });
      }
      continue;
    }
    const rest = difference(entry.fieldsV1 as FieldSet, lost);
    if (rest) {
      others.push({ ...entry, fieldsV1: rest });
    }
  }
  const all = taken && union(own, taken);
  return sorted(all ? [...others, entryOf(writer, all)] : others);
}

/** A conflict of an apply: the field and who owns it. */
export interface Conflict {
  entry: ManagedFieldsEntry;
  path: string[];
}

export function conflictsOf(
  entries: ManagedFieldsEntry[],
  writer: Writer,
  changed: Fields,
): Conflict[] {
  return entries
    .filter(entry => !sameWriter(entry, writer))
    .flatMap(entry =>
      members(intersection(entry.fieldsV1 as FieldSet, changed)).map(path => ({
        entry,
        path,
      })),
    );
}

function managerText(entry: ManagedFieldsEntry): string {
  let text = JSON.stringify(entry.manager);
  if (entry.subresource) {
    text += ` with subresource "${entry.subresource}"`;
  }
  if (entry.operation === 'Update') {
    text += ` using ${entry.apiVersion}`;
  }
  return text;
}

/** The 409 of an apply (wording: `kubernetes/apimachinery:pkg/util/managedfields/internal/conflict.go`). */
export function conflictError(conflicts: Conflict[]): ApiError {
  const causes = conflicts.map(({ entry, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(entry)}`,
    field: pathText(path),
  }));
  const message =
    conflicts.length === 1
      ? `Apply failed with 1 conflict: ${causes[0].message}: ${causes[0].field}`
      : `Apply failed with ${conflicts.length} conflicts: ${byManager(
          conflicts,
        )}`;
  return new ApiError(409, 'Conflict', message, { causes });
}

function byManager(conflicts: Conflict[]): string {
  const groups = new Map<string, string[]>();
  for (const { entry, path } of conflicts) {
    const manager = managerText(entry);
    groups.set(manager, [...(groups.get(manager) ?? []), pathText(path)]);
  }
  return [...groups.keys()]
    .sort()
    .flatMap(manager => [
      `conflicts with ${manager}:`,
      ...groups.get(manager)!.map(path => `- ${path}`),
    ])
    .join('\n');
}
