// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { posix } from 'node:path';
import type { KubeObject } from '../kubernetes/types';
import { FileTree } from './FileTree';
import { KustomizeError } from './KustomizeError';
import { Resource } from './Resource';

export interface GeneratorOptionsField {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

export interface GeneratorField {
  name: string;
  namespace?: string;
  behavior?: 'create' | 'replace' | 'merge';
  files?: string[];
  literals?: string[];
  envs?: string[];
  env?: string;
  type?: string;
  options?: GeneratorOptionsField;
}

/** Runs one entry of configMapGenerator or secretGenerator on what has been accumulated. */
export function generateResource(
  resources: Resource[],
  kind: 'ConfigMap' | 'Secret',
  field: GeneratorField,
  defaults: GeneratorOptionsField,
  tree: FileTree,
  folder: string,
): void {
  const options = mergeOptions(defaults, field.options ?? {});
  const object = build(kind, field, options, tree, folder);
  const behavior = field.behavior ?? 'create';
  const existing = resources.find(
    resource =>
      resource.kind === kind &&
      resource.wasCalled(
        field.name,
        new Set([field.namespace ?? '', ...resource.namespaces()]),
      ),
  );
  const fresh = Resource.create(object, !options.disableNameSuffixHash);
  if (behavior === 'create') {
    if (existing && existing.id() === fresh.id()) {
      throw new KustomizeError(
        `merging from generator: id ${fresh.id()} exists; behavior must be merge or replace`,
      );
    }
    resources.push(fresh);
    return;
  }
  if (!existing) {
    throw new KustomizeError(
      `merging from generator: id ${fresh.id()} does not exist; cannot merge or replace`,
    );
  }
  const metadata = existing.object.metadata;
  const merged = behavior === 'merge';
  const data = { ...(merged ? existing.object.data : {}), ...object.data };
  const binaryData = {
    ...(merged ? existing.object.binaryData : {}),
    ...object.binaryData,
  };
  existing.object = {
    ...existing.object,
    ...object,
    metadata: {
      ...metadata,
      ...maps('labels', { ...metadata.labels, ...object.metadata.labels }),
      ...maps('annotations', {
        ...metadata.annotations,
        ...object.metadata.annotations,
      }),
    },
    data,
    ...(Object.keys(binaryData).length > 0 ? { binaryData } : {}),
  };
  existing.needsHash = !options.disableNameSuffixHash;
}

function mergeOptions(
  defaults: GeneratorOptionsField,
  own: GeneratorOptionsField,
): GeneratorOptionsField {
  return {
    labels: { ...defaults.labels, ...own.labels },
    annotations: { ...defaults.annotations, ...own.annotations },
    disableNameSuffixHash:
      defaults.disableNameSuffixHash || own.disableNameSuffixHash,
    immutable: defaults.immutable || own.immutable,
  };
}

function build(
  kind: 'ConfigMap' | 'Secret',
  field: GeneratorField,
  options: GeneratorOptionsField,
  tree: FileTree,
  folder: string,
): KubeObject {
  const data: Record<string, string> = {};
  for (const [key, value] of entries(field, tree, folder)) {
    if (key in data) {
      throw new KustomizeError(
        `cannot add key ${key}, another key by that name already exists`,
      );
    }
    data[key] =
      kind === 'Secret' ? Buffer.from(value).toString('base64') : value;
  }
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: field.name,
      ...(field.namespace ? { namespace: field.namespace } : {}),
      ...maps('labels', options.labels),
      ...maps('annotations', options.annotations),
    },
    ...(Object.keys(data).length > 0 ? { data } : {}),
    ...(kind === 'Secret' ? { type: field.type ?? 'Opaque' } : {}),
    ...(options.immutable ? { immutable: true } : {}),
  };
}

function maps(
  key: 'labels' | 'annotations',
  value: Record<string, string> | undefined,
): object {
  return value && Object.keys(value).length > 0 ? { [key]: value } : {};
}

/** envs, then files, then literals, as kustomize collects them. */
function entries(
  field: GeneratorField,
  tree: FileTree,
  folder: string,
): [string, string][] {
  const result: [string, string][] = [];
  for (const path of [
    ...(field.envs ?? []),
    ...(field.env ? [field.env] : []),
  ]) {
    for (const line of load(tree, folder, path).split(/\r?\n/)) {
      const text = line.trimStart();
      if (text !== '' && !text.startsWith('#')) {
        const at = text.indexOf('=');
        // A variable without a value is taken from the builder's environment, which is empty.
        result.push(
          at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)],
        );
      }
    }
  }
  for (const file of field.files ?? []) {
    const at = file.indexOf('=');
    const path = at === -1 ? file : file.slice(at + 1);
    const key = at === -1 ? posix.basename(path) : file.slice(0, at);
    result.push([key, load(tree, folder, path)]);
  }
  for (const literal of field.literals ?? []) {
    const at = literal.indexOf('=');
    if (at < 1) {
      throw new KustomizeError(
        `invalid literal source ${literal}, expected key=value`,
      );
    }
    const value = literal.slice(at + 1);
    result.push([
      literal.slice(0, at),
      /^(".*"|'.*')$/s.test(value) ? value.slice(1, -1) : value,
    ]);
  }
  return result;
}

function load(tree: FileTree, folder: string, relative: string): string {
  const path = FileTree.resolve(folder, relative);
  const content = path === undefined ? undefined : tree.read(path);
  if (content === undefined) {
    throw new KustomizeError(
      `loading KV pairs: file sources: [${relative}]: evalsymlink failure on '${tree.describe(
        posix.join(folder, relative),
      )}' : lstat ${tree.describe(
        posix.join(folder, relative),
      )}: no such file or directory`,
    );
  }
  return content;
}
