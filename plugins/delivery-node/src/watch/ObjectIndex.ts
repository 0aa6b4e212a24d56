// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ProjectedObject } from './projections';
import type { WatchQuery } from './types';

type Kept = ProjectedObject & { ownerUid?: string };

/** An object and the version that it was read at: opaque, only ever compared for equality. */
interface Entry<T> {
  object: T;
  version: string;
}

/** Arrays, not sets: most hold a handful of entries, and a set of few costs more than they do. */
type Terms<T> = Map<string, Array<Entry<T>>>;

const INDEXED_LABELS = [
  'backstage.io/kubernetes-id',
  'kustomize.toolkit.fluxcd.io/name',
];

/** Objects of one kind in one cluster, found by name, namespace, label and owner. */
export class ObjectIndex<T extends Kept = Kept> {
  #namespaces = new Map<string, Map<string, Entry<T>>>();
  #terms: Terms<T> = new Map();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(namespace: string, name: string): T | undefined {
    return this.#entry(namespace, name)?.object;
  }

  /** @returns what it meant: the same version of the same object again means nothing */
  put(object: T, version: string): 'added' | 'modified' | 'same' {
    const { namespace, name, uid } = object;
    const before = this.#entry(namespace, name);
    if (
      before &&
      version !== '' &&
      before.version === version &&
      before.object.uid === uid
    ) {
      return 'same';
    }
    if (before) {
      const terms = termsOf(object).join();
      if (termsOf(before.object).join() === terms) {
        before.object = object;
        before.version = version;
        return 'modified';
      }
      this.#unlink(before);
    }
    const entry = { object, version };
    this.#names(namespace).set(name, entry);
    for (const term of termsOf(object)) {
      const entries = this.#terms.get(term);
      if (entries) {
        entries.push(entry);
      } else {
        this.#terms.set(term, [entry]);
      }
    }
    if (before) {
      return 'modified';
    }
    this.#size++;
    return 'added';
  }

  /** @returns whether it was there: an object of the same name that came later stays */
  delete({ namespace, name, uid }: T): boolean {
    const names = this.#namespaces.get(namespace);
    const entry = names?.get(name);
    if (!names || !entry || entry.object.uid !== uid) {
      return false;
    }
    names.delete(name);
    if (names.size === 0) {
      this.#namespaces.delete(namespace);
    }
    this.#unlink(entry);
    this.#size--;
    return true;
  }

  /**
   * Takes over another index whole: readers see the old set or the new one, never
   * between.
   *
   * @returns whether anything differs
   */
  replaceBy(other: ObjectIndex<T>): boolean {
    const differs = !this.#equals(other);
    this.#namespaces = other.#namespaces;
    this.#terms = other.#terms;
    this.#size = other.#size;
    return differs;
  }

  find(query: WatchQuery): T[] {
    const { namespace, name } = query;
    if (namespace !== undefined && name !== undefined) {
      const object = this.get(namespace, name);
      return object && matches(object, query) ? [object] : [];
    }
    const found: T[] = [];
    for (const { object } of this.#candidates(query)) {
      if (matches(object, query)) {
        found.push(object);
      }
    }
    return found;
  }

  #entry(namespace: string, name: string): Entry<T> | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  #names(namespace: string): Map<string, Entry<T>> {
    let names = this.#namespaces.get(namespace);
    if (!names) {
      names = new Map();
      this.#namespaces.set(namespace, names);
    }
    return names;
  }

  /** The smallest set that has all that is asked for. */
  #candidates(query: WatchQuery): Iterable<Entry<T>> {
    const smallest = searchTerms(query)
      .map(term => this.#terms.get(term) ?? [])
      .sort((a, b) => a.length - b.length)[0];
    const names =
      query.namespace === undefined
        ? undefined
        : this.#namespaces.get(query.namespace) ?? new Map<string, Entry<T>>();
    if (smallest && (!names || smallest.length <= names.size)) {
      return smallest;
    }
    return names ? names.values() : this.#all();
  }

  *#all(): Generator<Entry<T>> {
    for (const names of this.#namespaces.values()) {
      yield* names.values();
    }
  }

  #equals(other: ObjectIndex<T>): boolean {
    if (this.#size !== other.#size) {
      return false;
    }
    for (const { object, version } of this.#all()) {
      const its = other.#entry(object.namespace, object.name);
      if (its?.version !== version || its.object.uid !== object.uid) {
        return false;
      }
    }
    return true;
  }

  #unlink(entry: Entry<T>): void {
    for (const term of termsOf(entry.object)) {
      const entries = this.#terms.get(term);
      if (entries?.length === 1) {
        this.#terms.delete(term);
      } else {
        entries?.splice(entries.indexOf(entry), 1);
      }
    }
  }
}

function termsOf(object: Kept): string[] {
  const found: string[] = [];
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

function searchTerms({ label, ownerUid }: WatchQuery): string[] {
  return [
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
