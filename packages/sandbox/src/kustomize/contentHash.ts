// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { KubeObject } from '../kubernetes/types';

/**
 * The suffix that kustomize puts behind the name of a generated ConfigMap or
 * Secret: ten characters of the SHA-256 of its JSON form, without vowels and
 * look-alikes (`kubernetes-sigs/kustomize:api/hasher/hasher.go`).
 */
export function contentHash(object: KubeObject): string {
  const name = object.metadata.name;
  const data = object.data ?? '';
  let content: Record<string, unknown>;
  if (object.kind === 'ConfigMap') {
    content = {
      ...(object.binaryData ? { binaryData: object.binaryData } : {}),
      data,
      kind: 'ConfigMap',
      name,
    };
  } else if (object.kind === 'Secret') {
    content = {
      data,
      kind: 'Secret',
      name,
      ...(object.stringData ? { stringData: object.stringData } : {}),
      type: object.type ?? '',
    };
  } else {
    content = object;
  }
  const hex = createHash('sha256').update(goJson(content)).digest('hex');
  const letters: Record<string, string> = {
    0: 'g',
    1: 'h',
    3: 'k',
    a: 'm',
    e: 't',
  };
  return hex.slice(0, 10).replace(/[013ae]/g, character => letters[character]);
}

/** JSON as Go's encoder writes it: keys sorted, HTML characters escaped. */
function goJson(value: unknown): string {
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
