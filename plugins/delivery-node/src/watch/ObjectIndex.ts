// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ProjectedObject } from './projections';
import type { WatchQuery } from './types';

type Kept = ProjectedObject & { ownerUid?: string };

const INDEXED_LABELS = [
  'backstage.io/kubernetes-id',
  'kustomize.toolkit.fluxcd.io/name',
];

/** Objects of one kind in one cluster, found by name, namespace, label and owner. */
export class ObjectIndex<T extends Kept = Kept> {
  #objects = new Map<string, T>();
  #sets = new Map<string, Set<string>>();

  get size(): number {
    return this.#objects.size;
  }

  get(namespace: string, name: string): T | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  put(object: T): void {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (before) {
      this.#unlink(before);
    }
    this.#objects.set(key, object);
    for (const term of terms(object)) {
      const set = this.#sets.get(term);
      if (set) {
        set.add(key);
      } else {
        this.#sets.set(term, new Set([key]));
      }
    }
  }

  delete(namespace: string, name: string): T | undefined {
    const object = this.#objects.get(`${namespace}/${name}`);
    if (object) {
      this.#objects.delete(keyOf(object));
      this.#unlink(object);
    }
    return object;
  }

  /** Takes over another index whole: readers see the old set or the new one, never between. */
  replaceBy(other: ObjectIndex<T>): void {
    this.#objects = other.#objects;
    this.#sets = other.#sets;
  }

  values(): Iterable<T> {
    return this.#objects.values();
  }

  find(query: WatchQuery): T[] {
    const { namespace, name } = query;
    if (namespace !== undefined && name !== undefined) {
      const object = this.get(namespace, name);
      return object && matches(object, query) ? [object] : [];
    }
    const smallest = searchTerms(query)
      .map(term => this.#sets.get(term) ?? new Set<string>())
      .sort((a, b) => a.size - b.size)[0];
    const candidates = smallest
      ? [...smallest].flatMap(key => this.#objects.get(key) ?? [])
      : [...this.#objects.values()];
    return candidates.filter(object => matches(object, query));
  }

  #unlink(object: T): void {
    const key = keyOf(object);
    for (const term of terms(object)) {
      const set = this.#sets.get(term);
      set?.delete(key);
      if (set?.size === 0) {
        this.#sets.delete(term);
      }
    }
  }
}

function keyOf({ namespace, name }: Kept): string {
  return `${namespace}/${name}`;
}

function terms(object: Kept): string[] {
  const found = [`n:${object.namespace}`];
  for (const label of INDEXED_LABELS) {
    const value = object.labels[label];
    if (value !== undefined) {
      found.push(`l:${label}=${value}`);
    }
  }
  if (object.ownerUid) {
    found.push(`o:${object.ownerUid}`);
  }
  return found;
}

function searchTerms({ namespace, label, ownerUid }: WatchQuery): string[] {
  return [
    ...(namespace !== undefined ? [`n:${namespace}`] : []),
    ...(label && INDEXED_LABELS.includes(label.key)
      ? [`l:${label.key}=${label.value}`]
      : []),
    ...(ownerUid ? [`o:${ownerUid}`] : []),
  ];
}

function matches(object: Kept, query: WatchQuery): boolean {
  return (
    (query.namespace === undefined || object.namespace === query.namespace) &&
    (query.name === undefined || object.name === query.name) &&
    (!query.label || object.labels[query.label.key] === query.label.value) &&
    (!query.ownerUid || object.ownerUid === query.ownerUid)
  );
}
