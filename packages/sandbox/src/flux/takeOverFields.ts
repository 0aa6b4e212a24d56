// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, ManagedFieldsEntry } from '../kubernetes/types';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const STALE_ANNOTATIONS = [
  LAST_APPLIED,
  'kustomize.toolkit.fluxcd.io/checksum',
  'fluxcd.io/sync-checksum',
];
const STALE_LABELS = ['fluxcd.io/sync-gc-mark'];

type Fields = Record<string, unknown>;

/** Managers whose changes Flux undoes, by the start of their name. */
function isDisallowed(entry: ManagedFieldsEntry, manager: string): boolean {
  if (entry.subresource) {
    return false;
  }
  return (
    entry.manager.startsWith('kubectl') ||
    (entry.operation === 'Update' &&
      (entry.manager.startsWith('before-first-apply') ||
        entry.manager === manager))
  );
}

/**
 * What Flux patches before an apply so that the apply undoes what people did
 * with kubectl: their fields become the controller's own, and those that Git
 * does not have then vanish. This is why a suspend by `kubectl patch` does not
 * last and one by another field manager does
 * (`fluxcd/pkg:ssa/patch.go`, control-plane recording 08b).
 *
 * @returns JSON patch operations; none when nothing is to be taken over
 */
export function takeOverFields(live: KubeObject, manager: string): object[] {
  const operations: object[] = [];
  for (const [map, keys] of [
    ['annotations', STALE_ANNOTATIONS],
    ['labels', STALE_LABELS],
  ] as const) {
    for (const key of keys) {
      if (live.metadata[map]?.[key] !== undefined) {
        operations.push({
          op: 'remove',
          path: `/metadata/${map}/${key
            .replace(/~/g, '~0')
            .replace(/\//g, '~1')}`,
        });
      }
    }
  }
  const entries = live.metadata.managedFields ?? [];
  const taken = entries.filter(entry => isDisallowed(entry, manager));
  if (taken.length === 0) {
    return operations;
  }
  const own = entries.find(
    entry =>
      entry.manager === manager &&
      entry.operation === 'Apply' &&
      !entry.subresource,
  );
  const merged: ManagedFieldsEntry = {
    ...(own ?? {
      ...taken[0],
      manager,
      operation: 'Apply',
    }),
    fieldsV1: taken.reduce(
      (fields, entry) => mergeFields(fields, entry.fieldsV1),
      own?.fieldsV1 ?? {},
    ),
  };
  const value = [
    merged,
    ...entries.filter(entry => entry !== own && !taken.includes(entry)),
  ];
  if (!isDeepStrictEqual(value, entries)) {
    operations.push({ op: 'replace', path: '/metadata/managedFields', value });
  }
  return operations;
}

function mergeFields(a: Fields, b: Fields): Fields {
  const result: Fields = { ...a };
  for (const [key, value] of Object.entries(b)) {
    // The annotation goes with its owner.
    if (key === `f:${LAST_APPLIED}`) {
      continue;
    }
    result[key] =
      key in result
        ? mergeFields(result[key] as Fields, value as Fields)
        : structuredClone(value);
  }
  return result;
}
