// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { KustomizeError } from './KustomizeError';

export interface JsonPatchOperation {
  op: string;
  path: string;
  from?: string;
  value?: unknown;
}

type Container = Record<string, unknown> | unknown[];

/**
 * Applies a JSON patch (RFC 6902) to a copy of `document`. Errors are worded as
 * the library that kustomize uses words them (`evanphx/json-patch`).
 */
export function jsonPatch<T extends object>(
  document: T,
  operations: readonly JsonPatchOperation[],
): T {
  const result = structuredClone(document);
  for (const operation of operations) {
    run(result as Container, operation);
  }
  return result;
}

function run(
  root: Container,
  { op, path, from, value }: JsonPatchOperation,
): void {
  switch (op) {
    case 'add':
      add(root, path, structuredClone(value), 'add');
      return;
    case 'remove':
      remove(root, path, 'remove');
      return;
    case 'replace': {
      const { parent, key } = locate(root, path, 'replace');
      if (!has(parent, key)) {
        throw missing('replace', 'key', path);
      }
      set(parent, key, structuredClone(value));
      return;
    }
    case 'move':
      add(root, path, remove(root, from ?? '', 'move'), 'move');
      return;
    case 'copy': {
      const { parent, key } = locate(root, from ?? '', 'copy');
      if (!has(parent, key)) {
        throw missing('copy', 'key', from ?? '');
      }
      add(root, path, structuredClone(get(parent, key)), 'copy');
      return;
    }
    case 'test': {
      const { parent, key } = locate(root, path, 'test');
      if (!isDeepStrictEqual(get(parent, key) ?? null, value ?? null)) {
        throw new KustomizeError(`testing value ${path} failed: test failed`);
      }
      return;
    }
    default:
      throw new KustomizeError(`Unexpected kind: ${op}`);
  }
}

function add(root: Container, path: string, value: unknown, op: string): void {
  const { parent, key } = locate(root, path, op);
  if (!Array.isArray(parent)) {
    parent[key] = value;
    return;
  }
  const at = key === '-' ? parent.length : Number(key);
  if (!Number.isInteger(at) || at < 0 || at > parent.length) {
    throw new KustomizeError(
      `${op} operation does not apply: doc is missing path: "${path}": Unable to access invalid index: ${key}: invalid index referenced`,
    );
  }
  parent.splice(at, 0, value);
}

function remove(root: Container, path: string, op: string): unknown {
  const { parent, key } = locate(root, path, op);
  if (!has(parent, key)) {
    throw new KustomizeError(
      `${op} operation does not apply: error in remove for path: '${path}': unable to remove nonexistent key: ${key}: missing value`,
    );
  }
  const value = get(parent, key);
  if (Array.isArray(parent)) {
    parent.splice(Number(key), 1);
  } else {
    delete parent[key];
  }
  return value;
}

function locate(
  root: Container,
  path: string,
  op: string,
): { parent: Container; key: string } {
  const keys = path
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  const key = keys.pop();
  if (key === undefined) {
    throw missing(op, 'path', path);
  }
  let node: unknown = root;
  for (const part of keys) {
    node =
      typeof node === 'object' && node !== null
        ? get(node as Container, part)
        : undefined;
  }
  if (typeof node !== 'object' || node === null) {
    throw missing(op, 'path', path);
  }
  return { parent: node as Container, key };
}

function has(parent: Container, key: string): boolean {
  return Array.isArray(parent)
    ? /^\d+$/.test(key) && Number(key) < parent.length
    : key in parent;
}

function get(parent: Container, key: string): unknown {
  return Array.isArray(parent) ? parent[Number(key)] : parent[key];
}

function set(parent: Container, key: string, value: unknown): void {
  if (Array.isArray(parent)) {
    parent[Number(key)] = value;
  } else {
    parent[key] = value;
  }
}

function missing(
  op: string,
  what: 'path' | 'key',
  path: string,
): KustomizeError {
  return new KustomizeError(
    `${op} operation does not apply: doc is missing ${what}: ${
      what === 'path' && op === 'add' ? `"${path}"` : path
    }: missing value`,
  );
}
