// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';

/** A name for some words, whatever they are. */
export function digestOf(...words: string[]): string {
  return createHash('sha256').update(words.join('\n')).digest('hex');
}

/**
 * The name of a change of an object. It follows from the change alone, so that
 * backends side by side, and one that starts again, keep each change once.
 */
export function deploymentId(
  object: { cluster: string; namespace: string; kind: string; name: string },
  ...change: string[]
): string {
  const { cluster, namespace, kind, name } = object;
  return digestOf(cluster, namespace, kind, name, ...change).slice(0, 32);
}
