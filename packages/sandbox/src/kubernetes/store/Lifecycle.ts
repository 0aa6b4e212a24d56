// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../../clock';
import { kindsOfDefinition } from '../kinds/fluxKinds';
import type { DeleteOptions, KubeObject, ResourceKind } from '../types';
import { marked } from './deletionMark';
import { FOREGROUND, GarbageCollector, ORPHAN } from './GarbageCollector';
import { checkPreconditions } from './errors';
import type { KindTable } from './KindTable';
import type { ObjectTable } from './ObjectTable';

/** How the lifecycle writes: without field managers, as the server's own machinery does. */
export interface LifecycleWriter {
  replace(
    kind: ResourceKind,
    next: KubeObject,
    previous: KubeObject,
  ): KubeObject;
  remove(kind: ResourceKind, previous: KubeObject): void;
}

/**
 * What deletion sets in motion: grace periods of pods, finalizers, dependents
 * by owner reference, the contents of namespaces, the objects of a definition
 * (`kubernetes/apiserver:pkg/registry/generic/registry/store.go`, `Delete`).
 */
export class Lifecycle {
  readonly #kinds: KindTable;
  readonly #table: ObjectTable;
  readonly #clock: Clock;
  readonly #writer: LifecycleWriter;
  readonly #collector: GarbageCollector;

  constructor(
    kinds: KindTable,
    table: ObjectTable,
    clock: Clock,
    writer: LifecycleWriter,
  ) {
    this.#kinds = kinds;
    this.#table = table;
    this.#clock = clock;
    this.#writer = writer;
    this.#collector = new GarbageCollector(kinds, table, {
      replace: (kind, next, previous) => {
        if (!this.removesInstead(kind, next, previous)) {
          writer.replace(kind, next, previous);
        }
      },
      delete: (kind, object, policy) =>
        void this.delete(kind, object, { propagationPolicy: policy }),
    });
  }

  /**
   * Deletes, or marks as being deleted.
   *
   * @returns what remains, undefined when the object is gone
   * @throws ApiError 409 when a precondition does not hold
   */
  delete(
    kind: ResourceKind,
    object: KubeObject,
    options: DeleteOptions = {},
  ): KubeObject | undefined {
    checkPreconditions(kind, object, options.preconditions);
    const next = marked(
      kind,
      object,
      options,
      this.#clock.now(),
      this.#hasContents(kind, object.metadata.name),
    );
    if (options.dryRun) {
      return next;
    }
    if (!next) {
      this.#goes(kind, object);
      return undefined;
    }
    const current =
      next === object ? next : this.#writer.replace(kind, next, object);
    this.#empty(kind, current);
    if (current.metadata.finalizers?.includes(ORPHAN)) {
      this.#collector.orphan(kind, current);
    } else if (current.metadata.finalizers?.includes(FOREGROUND)) {
      this.#collector.waitForDependents(kind, current);
    }
    return this.#finish(kind, current);
  }

  /**
   * Removes an object whose next form nothing holds any more: marked, without
   * grace, finalizers and contents. That form is never stored, so watchers see
   * the deletion alone, of the object as it was.
   *
   * @returns false when the next form is to be stored
   */
  removesInstead(
    kind: ResourceKind,
    next: KubeObject,
    previous: KubeObject,
  ): boolean {
    const free = this.#isFree(kind, next);
    if (free) {
      this.#goes(kind, previous);
    }
    return free;
  }

  /** A definition that was written makes its kinds served. */
  serve(definition: KubeObject): void {
    this.#kinds.add(kindsOfDefinition(definition));
  }

  /** Collects a new object whose owners do not exist. */
  collectIfAbandoned(kind: ResourceKind, object: KubeObject): void {
    this.#collector.attempt(kind, object);
  }

  #isFree(kind: ResourceKind, { metadata }: KubeObject): boolean {
    return (
      metadata.deletionTimestamp !== undefined &&
      !metadata.deletionGracePeriodSeconds &&
      !metadata.finalizers?.length &&
      !this.#hasContents(kind, metadata.name)
    );
  }

  #finish(kind: ResourceKind, object: KubeObject): KubeObject | undefined {
    const { namespace = '', name, uid } = object.metadata;
    const current = this.#table.get(kind, namespace, name);
    if (current?.metadata.uid !== uid) {
      return undefined;
    }
    return this.removesInstead(kind, current!, current!) ? undefined : current;
  }

  #hasContents(kind: ResourceKind, name: string): boolean {
    if (isNamespace(kind)) {
      return this.#table.countInNamespace(name) > 0;
    }
    return (
      isDefinition(kind) &&
      this.#defined(name).some(of => this.#table.list(of).length > 0)
    );
  }

  /** The kinds of a definition by its name, `<plural>.<group>`. */
  #defined(name: string): ResourceKind[] {
    return this.#kinds
      .all()
      .filter(({ plural, group }) => `${plural}.${group}` === name);
  }

  /** Deletes what lives in a namespace, or what a definition defines. */
  #empty(kind: ResourceKind, object: KubeObject): void {
    const { name } = object.metadata;
    let contents: Array<[ResourceKind, KubeObject[]]> = [];
    if (isNamespace(kind)) {
      contents = this.#kinds
        .all()
        .filter(({ namespaced }) => namespaced)
        .map(of => [of, this.#table.list(of, name)]);
    } else if (isDefinition(kind)) {
      contents = this.#defined(name).map(of => [of, this.#table.list(of)]);
    }
    for (const [of, objects] of contents) {
      for (const content of objects) {
        const { namespace = '' } = content.metadata;
        // A dependent may have gone with its owner in the meantime.
        const current = this.#table.get(of, namespace, content.metadata.name);
        if (current && !current.metadata.deletionTimestamp) {
          this.delete(of, current, { propagationPolicy: 'Background' });
        }
      }
    }
  }

  #goes(kind: ResourceKind, object: KubeObject): void {
    this.#writer.remove(kind, object);
    if (isDefinition(kind)) {
      this.#kinds.remove(object.spec.group, object.spec.names.plural);
    }
    this.#collector.ownerGone(object);
    this.#finishHome(object.metadata.namespace);
    this.#finishDefinition(kind);
  }

  #finishHome(namespace: string | undefined): void {
    const kind = this.#kinds.find('v1', 'Namespace');
    const home = namespace && kind && this.#table.get(kind, '', namespace);
    if (home && home.metadata.deletionTimestamp) {
      this.#finish(kind, home);
    }
  }

  #finishDefinition(kind: ResourceKind): void {
    const definitions = this.#kinds.find(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
    );
    const definition =
      definitions &&
      this.#table.get(definitions, '', `${kind.plural}.${kind.group}`);
    if (definition?.metadata.deletionTimestamp) {
      this.#finish(definitions!, definition);
    }
  }
}

function isNamespace(kind: ResourceKind): boolean {
  return kind.kind === 'Namespace' && kind.group === '';
}

function isDefinition(kind: ResourceKind): boolean {
  return kind.kind === 'CustomResourceDefinition';
}
