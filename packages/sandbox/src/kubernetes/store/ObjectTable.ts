// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Collection, StateStore } from '../../state';
import type { KubeObject, ResourceKind, StoreEvent } from '../types';
import { deepFreeze } from './normalize';

/** Resource versions are reserved on disk in steps, so that a restart never reuses one. */
const RESERVATION = 1000;

export interface LoggedEvent {
  resourceVersion: number;
  event: StoreEvent;
}

interface Place {
  kind: ResourceKind;
  namespace: string;
  name: string;
}

type Table = Map<string, Map<string, KubeObject>>;

function tableKey(kind: ResourceKind): string {
  return `${kind.group}/${kind.plural}`;
}

/**
 * The objects of one cluster by kind, namespace and name, with what changed
 * last, who belongs to whom, and the copy on disk.
 */
export class ObjectTable {
  readonly #tables = new Map<string, Table>();
  readonly #dependents = new Map<string, Map<string, Place>>();
  readonly #inNamespace = new Map<string, number>();
  readonly #disk: Collection<KubeObject> | undefined;
  readonly #counter: Collection<number> | undefined;
  readonly #window: number;
  #log: LoggedEvent[] = [];
  #version: number;
  #reserved: number;
  #oldest: number;

  constructor(options: {
    cluster: string;
    state?: StateStore;
    window: number;
  }) {
    this.#window = options.window;
    this.#disk = options.state?.collection(
      `cluster/${options.cluster}/objects`,
    );
    this.#counter = options.state?.collection(
      `cluster/${options.cluster}/counter`,
    );
    const [entry] = this.#counter?.entries() ?? [];
    this.#version = entry?.[1] ?? 1;
    this.#reserved = this.#version;
    this.#oldest = this.#version;
  }

  /** Brings back what is on disk. Kinds are told by a first pass over the definitions. */
  load(kindOf: (object: KubeObject) => ResourceKind | undefined): void {
    for (const [, object] of this.#disk?.entries() ?? []) {
      const kind = kindOf(object);
      if (kind) {
        this.#place(kind, deepFreeze(object));
      }
    }
  }

  onDisk(): KubeObject[] {
    return this.#disk?.entries().map(([, object]) => object) ?? [];
  }

  get version(): number {
    return this.#version;
  }

  /** Changes after this version are still known. */
  get oldest(): number {
    return this.#oldest;
  }

  nextVersion(): number {
    this.#version += 1;
    if (this.#version >= this.#reserved) {
      this.#reserved = this.#version + RESERVATION;
      this.#counter?.put('resourceVersion', this.#reserved);
    }
    return this.#version;
  }

  get(
    kind: ResourceKind,
    namespace: string,
    name: string,
  ): KubeObject | undefined {
    return this.#tables.get(tableKey(kind))?.get(namespace)?.get(name);
  }

  list(kind: ResourceKind, namespace?: string): KubeObject[] {
    const table = this.#tables.get(tableKey(kind));
    if (!table) {
      return [];
    }
    if (namespace !== undefined) {
      return [...(table.get(namespace)?.values() ?? [])];
    }
    return [...table.values()].flatMap(objects => [...objects.values()]);
  }

  countInNamespace(namespace: string): number {
    return this.#inNamespace.get(namespace) ?? 0;
  }

  dependentsOf(uid: string): KubeObject[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])].flatMap(
      ({ kind, namespace, name }) => this.get(kind, namespace, name) ?? [],
    );
  }

  put(
    kind: ResourceKind,
    object: KubeObject,
    previous?: KubeObject,
  ): StoreEvent {
    if (previous) {
      this.#forgetOwners(kind, previous);
    }
    this.#place(kind, deepFreeze(object), previous !== undefined);
    this.#disk?.put(diskKey(kind, object), object);
    return this.#remember({
      type: previous ? 'MODIFIED' : 'ADDED',
      kind,
      object,
      ...(previous ? { previous } : {}),
    });
  }

  /** @param last the object as watchers see it go, with a resource version of its own */
  remove(
    kind: ResourceKind,
    last: KubeObject,
    previous: KubeObject,
  ): StoreEvent {
    const namespace = last.metadata.namespace ?? '';
    this.#forgetOwners(kind, previous);
    const table = this.#tables.get(tableKey(kind));
    const objects = table?.get(namespace);
    objects?.delete(last.metadata.name);
    if (objects?.size === 0) {
      table?.delete(namespace);
    }
    if (namespace) {
      const left = this.countInNamespace(namespace) - 1;
      if (left > 0) {
        this.#inNamespace.set(namespace, left);
      } else {
        this.#inNamespace.delete(namespace);
      }
    }
    this.#disk?.delete(diskKey(kind, last));
    return this.#remember({
      type: 'DELETED',
      kind,
      object: deepFreeze(last),
      previous,
    });
  }

  /** Changes after `version`, oldest first. */
  since(version: number): LoggedEvent[] {
    let low = 0;
    let high = this.#log.length;
    while (low < high) {
      const middle = (low + high) >> 1; // eslint-disable-line no-bitwise -- integer division
      if (this.#log[middle].resourceVersion <= version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#log.slice(low);
  }

  /** Forgets all changes so far, as a compaction does. */
  compact(): void {
    this.#log = [];
    this.#oldest = this.#version;
  }

  /** The objects of a kind as they were at `version`, undoing what came later. */
  at(kind: ResourceKind, version: number, namespace?: string): KubeObject[] {
    const objects = new Map(
      this.list(kind, namespace).map(object => [placeOf(object), object]),
    );
    for (const { event } of this.since(version).reverse()) {
      const { object, previous } = event;
      if (
        tableKey(event.kind) !== tableKey(kind) ||
        (namespace !== undefined && object.metadata.namespace !== namespace)
      ) {
        continue;
      }
      if (previous) {
        objects.set(placeOf(object), previous);
      } else {
        objects.delete(placeOf(object));
      }
    }
    return [...objects.values()];
  }

  #place(kind: ResourceKind, object: KubeObject, known = false): void {
    const { namespace = '', name } = object.metadata;
    const key = tableKey(kind);
    let table = this.#tables.get(key);
    if (!table) {
      table = new Map();
      this.#tables.set(key, table);
    }
    let objects = table.get(namespace);
    if (!objects) {
      objects = new Map();
      table.set(namespace, objects);
    }
    objects.set(name, object);
    if (namespace && !known) {
      this.#inNamespace.set(namespace, this.countInNamespace(namespace) + 1);
    }
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      let dependents = this.#dependents.get(uid);
      if (!dependents) {
        dependents = new Map();
        this.#dependents.set(uid, dependents);
      }
      dependents.set(`${key}/${placeOf(object)}`, { kind, namespace, name });
    }
  }

  #forgetOwners(kind: ResourceKind, object: KubeObject): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const dependents = this.#dependents.get(uid);
      dependents?.delete(`${tableKey(kind)}/${placeOf(object)}`);
      if (dependents?.size === 0) {
        this.#dependents.delete(uid);
      }
    }
  }

  #remember(event: StoreEvent): StoreEvent {
    this.#log.push({ resourceVersion: this.#version, event });
    if (this.#log.length > this.#window * 1.25) {
      const dropped = this.#log.splice(0, this.#log.length - this.#window);
      this.#oldest = dropped[dropped.length - 1].resourceVersion;
    }
    return event;
  }
}

/** `<namespace>/<name>`: the order of a LIST. */
export function placeOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function diskKey(kind: ResourceKind, object: KubeObject): string {
  return `${tableKey(kind)}/${placeOf(object)}`;
}
