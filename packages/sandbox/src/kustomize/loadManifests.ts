// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseAllDocuments, type ScalarTag } from 'yaml';
import type { KubeObject } from '../kubernetes/types';
import { KustomizeError } from './KustomizeError';

/**
 * The objects of one YAML or JSON file of any number of documents; a List is
 * taken apart.
 *
 * @param where - how messages name the file
 */
export function loadManifests(content: string, where: string): KubeObject[] {
  const objects: KubeObject[] = [];
  for (const value of parseYaml(content, where)) {
    if (value === null || value === undefined) {
      continue;
    }
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw new KustomizeError(
        `${where}: expected an object, got ${
          Array.isArray(value) ? 'a list' : typeof value
        }`,
      );
    }
    const object = value as KubeObject;
    if (/List$/.test(object.kind ?? '') && Array.isArray(object.items)) {
      for (const item of object.items) {
        objects.push(checked(item as KubeObject, where));
      }
    } else {
      objects.push(checked(object, where));
    }
  }
  return objects;
}

/** File modes such as 0644: octal for the Go library behind kustomize, decimal in YAML 1.2. */
const LEGACY_OCTAL: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^0[0-7]+$/,
  resolve: text => parseInt(text, 8),
};

/** Every document of a YAML text as plain values. */
export function parseYaml(content: string, where: string): unknown[] {
  return parseAllDocuments(content, {
    merge: true,
    customTags: tags => [LEGACY_OCTAL, ...tags],
  }).map(document => {
    const [error] = document.errors;
    if (error) {
      const line = error.linePos?.[0].line ?? 1;
      throw new KustomizeError(
        `MalformedYAMLError: yaml: line ${line}: ${error.message
          .split('\n')[0]
          .replace(/ at line .*$/, '')} in File: ${where}`,
      );
    }
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  });
}

function checked(object: KubeObject, where: string): KubeObject {
  if (!object.kind || typeof object.kind !== 'string') {
    throw new KustomizeError(
      `missing Resource metadata: Object 'Kind' is missing in '${where}'`,
    );
  }
  if (!object.apiVersion || typeof object.apiVersion !== 'string') {
    throw new KustomizeError(
      `missing Resource metadata: Object 'apiVersion' is missing in '${where}'`,
    );
  }
  if (!object.metadata?.name || typeof object.metadata.name !== 'string') {
    throw new KustomizeError(
      `missing metadata.name in object {{${object.apiVersion} ${object.kind}} {{ } map[] map[]}}`,
    );
  }
  return object;
}
