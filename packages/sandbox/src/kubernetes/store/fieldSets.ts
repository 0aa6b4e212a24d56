// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { keyDefault, type Schema } from './schema';

/**
 * A set of fields in the form of `fieldsV1`: `f:<field>`, `k:<keys of a list
 * item>`, `v:<value of a set>`; an empty node or one with `.` is a member.
 */
export interface FieldSet {
  [element: string]: FieldSet;
}

export type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- bodies are free-form JSON

export function isMap(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `k:{"name":"app"}`: keys in alphabetical order, defaults filled in. */
export function itemElement(keys: string[], item: Json): string {
  const entries = [...keys]
    .sort()
    .map(key => [key, item?.[key] ?? keyDefault(key)])
    .filter(([, value]) => value !== undefined);
  return `k:${JSON.stringify(Object.fromEntries(entries))}`;
}

function isMember(node: FieldSet): boolean {
  return '.' in node || Object.keys(node).length === 0;
}

/** Builds a node, or undefined when nothing is in it. */
function nodeOf(member: boolean, children: FieldSet): FieldSet | undefined {
  const keys = Object.keys(children);
  if (keys.length === 0) {
    return member ? {} : undefined;
  }
  return member ? { '.': {}, ...children } : children;
}

function childrenOf(set: FieldSet): Array<[string, FieldSet]> {
  return Object.entries(set).filter(([element]) => element !== '.');
}

function combine(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
  member: (inA: boolean, inB: boolean) => boolean,
): FieldSet | undefined {
  const elements = new Set([
    ...(a ? Object.keys(a) : []),
    ...(b ? Object.keys(b) : []),
  ]);
  elements.delete('.');
  const result: FieldSet = {};
  for (const element of [...elements].sort()) {
    const child = combine(a?.[element], b?.[element], member);
    if (child) {
      result[element] = child;
    }
  }
  return nodeOf(
    member(a !== undefined && isMember(a), b !== undefined && isMember(b)),
    result,
  );
}

/** The empty set is `undefined` everywhere: an empty node would be a member. */
export type Fields = FieldSet | undefined;

export const union = (a: Fields, b: Fields): Fields =>
  combine(a, b, (inA, inB) => inA || inB);
export const intersection = (a: Fields, b: Fields): Fields =>
  a && b && combine(a, b, (inA, inB) => inA && inB);
export const difference = (a: Fields, b: Fields): Fields =>
  a && (b ? combine(a, b, (inA, inB) => inA && !inB) : a);

/** Takes out the members of `b` and all that lies below them. */
export function recursiveDifference(a: Fields, b: Fields): Fields {
  if (!a || !b) {
    return a;
  }
  if (Object.keys(b).length === 0) {
    return undefined;
  }
  const result: FieldSet = {};
  for (const [element, child] of childrenOf(a)) {
    const rest = recursiveDifference(child, b[element]);
    if (rest) {
      result[element] = rest;
    }
  }
  return nodeOf(isMember(a) && !('.' in b), result);
}

/** Every member as a path of elements. */
export function members(set: Fields, path: string[] = []): string[][] {
  if (!set) {
    return [];
  }
  return [
    ...(isMember(set) && path.length ? [path] : []),
    ...childrenOf(set).flatMap(([element, child]) =>
      members(child, [...path, element]),
    ),
  ];
}

/** `.spec.containers[name="app"].image`, as conflicts name it. */
export function pathText(path: string[]): string {
  return path
    .map(element => {
      const value = element.slice(2);
      if (element.startsWith('f:')) {
        return `.${value}`;
      }
      if (element.startsWith('v:')) {
        return `[=${value}]`;
      }
      const keys = Object.entries(JSON.parse(value));
      return `[${keys
        .map(([key, of]) => `${key}=${JSON.stringify(of)}`)
        .join(',')}]`;
    })
    .join('');
}

/** Members below and including a value. `full` also counts the maps and lists on the way, as an update does; an apply counts leaves and list items only. */
export function fieldsOf(
  schema: Schema,
  value: Json,
  path: string[],
  full: boolean,
): FieldSet {
  if (isMap(value) && !schema.isAtomicMap(path)) {
    const result: FieldSet = {};
    for (const field of Object.keys(value).sort()) {
      result[`f:${field}`] = fieldsOf(
        schema,
        value[field],
        [...path, field],
        full,
      );
    }
    return nodeOf(full, result) ?? {};
  }
  if (Array.isArray(value)) {
    const type = schema.listType(path);
    if (type !== 'atomic') {
      const result: FieldSet = {};
      for (const item of value) {
        if (type === 'set') {
          result[`v:${JSON.stringify(item)}`] = {};
          continue;
        }
        const inner = fieldsOf(schema, item, path, full);
        result[itemElement(type.keys, item)] = isMember(inner)
          ? inner
          : { '.': {}, ...inner };
      }
      return nodeOf(full, result) ?? {};
    }
  }
  return {};
}

export interface Comparison {
  added: Fields;
  modified: Fields;
  removed: Fields;
}

/** What differs between two values, field by field. */
export function compare(
  schema: Schema,
  before: Json,
  after: Json,
  path: string[] = [],
): Comparison {
  if (before === undefined && after !== undefined) {
    if (isMap(after) && path.length && schema.isAlwaysThere(path)) {
      return compare(schema, {}, after, path);
    }
    return {
      added: fieldsOf(schema, after, path, true),
      modified: undefined,
      removed: undefined,
    };
  }
  if (before !== undefined && after === undefined) {
    return {
      added: undefined,
      modified: undefined,
      removed: fieldsOf(schema, before, path, true),
    };
  }
  const nothing = { added: undefined, modified: undefined, removed: undefined };
  if (before === after) {
    return nothing;
  }
  if (isMap(before) && isMap(after) && !schema.isAtomicMap(path)) {
    return gather(
      Object.keys({ ...before, ...after })
        .sort()
        .map(field => [
          `f:${field}`,
          compare(schema, before[field], after[field], [...path, field]),
        ]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const type = schema.listType(path);
    if (type !== 'atomic') {
      const element = (item: Json) =>
        type === 'set'
          ? `v:${JSON.stringify(item)}`
          : itemElement(type.keys, item);
      const old = new Map(before.map(item => [element(item), item]));
      const now = new Map(after.map(item => [element(item), item]));
      return gather(
        [...new Set([...old.keys(), ...now.keys()])].map(key => [
          key,
          compare(schema, old.get(key), now.get(key), path),
        ]),
      );
    }
  }
  return isDeepStrictEqual(before, after)
    ? nothing
    : { ...nothing, modified: {} };
}

function gather(parts: Array<[string, Comparison]>): Comparison {
  const result: Record<keyof Comparison, FieldSet> = {
    added: {},
    modified: {},
    removed: {},
  };
  for (const [element, part] of parts) {
    for (const key of ['added', 'modified', 'removed'] as const) {
      const set = part[key];
      if (set) {
        result[key][element] = set;
      }
    }
  }
  return {
    added: nodeOf(false, result.added),
    modified: nodeOf(false, result.modified),
    removed: nodeOf(false, result.removed),
  };
}
