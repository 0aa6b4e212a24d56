// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../../clock';
import { kindsOfDefinition } from '../kinds/fluxKinds';
import type { KubeObject, ResourceKind } from '../types';
import type { KindTable } from './KindTable';
import type { ObjectTable } from './ObjectTable';

export interface DeleteOptions {
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  gracePeriodSeconds?: number;
}

/** How the lifecycle writes: without field managers, as the server's own machinery does. */
export interface LifecycleWriter {
  replace(
    kind: ResourceKind,
    next: KubeObject,
    previous: KubeObject,
  ): KubeObject;
  remove(kind: ResourceKind, previous: KubeObject): void;
}

const FOREGROUND = 'foregroundDeletion';

/**
 * What deletion sets in motion: grace periods of pods, finalizers, dependents
 * by owner reference, the contents of namespaces, the objects of a definition.
 */
export class Lifecycle {
  readonly #kinds: KindTable;
  readonly #table: ObjectTable;
  readonly #clock: Clock;
  readonly #writer: LifecycleWriter;

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
  }

  /** Deletes, or marks as being deleted; returns what remains. */
  delete(
    kind: ResourceKind,
    object: KubeObject,
    options: DeleteOptions = {},
  ): KubeObject | undefined {
    const policy = options.propagationPolicy ?? 'Background';
    let current = object;
    if (policy === 'Orphan') {
      this.#orphan(current);
    }
    if (
      policy === 'Foreground' &&
      !current.metadata.finalizers?.includes(FOREGROUND) &&
      this.#table.dependentsOf(current.metadata.uid!).length > 0
    ) {
      current = this.#writer.replace(
        kind,
        {
          ...current,
          metadata: {
            ...current.metadata,
            finalizers: [...(current.metadata.finalizers ?? []), FOREGROUND],
          },
        },
        current,
      );
    }
    const grace = graceOf(kind, current, options);
    if (!current.metadata.deletionTimestamp) {
      if (grace > 0 || this.#isHeld(kind, current)) {
        current = this.#mark(kind, current, grace);
      }
    } else if (grace === 0 && current.metadata.deletionGracePeriodSeconds) {
      current = this.#writer.replace(
        kind,
        {
          ...current,
          metadata: { ...current.metadata, deletionGracePeriodSeconds: 0 },
        },
        current,
      );
    }
    this.#empty(kind, current);
    if (policy === 'Foreground') {
      for (const dependent of this.#table.dependentsOf(current.metadata.uid!)) {
        this.#deleteDependent(dependent, 'Foreground');
      }
    }
    return this.finish(kind, current);
  }

  /** Removes an object that is being deleted once nothing holds it any more. */
  finish(kind: ResourceKind, object: KubeObject): KubeObject | undefined {
    const { namespace = '', name } = object.metadata;
    const current = this.#table.get(kind, namespace, name);
    if (!current || current.metadata.uid !== object.metadata.uid) {
      return undefined;
    }
    const marked = current.metadata.deletionTimestamp !== undefined;
    if (
      this.#isHeld(kind, current) ||
      (marked && (current.metadata.deletionGracePeriodSeconds ?? 0) > 0)
    ) {
      return current;
    }
    this.#writer.remove(kind, current);
    this.#afterRemoval(kind, current);
    return undefined;
  }

  /** A definition that was written makes its kinds served. */
  serve(definition: KubeObject): void {
    this.#kinds.add(kindsOfDefinition(definition));
  }

  #isHeld(kind: ResourceKind, object: KubeObject): boolean {
    if ((object.metadata.finalizers ?? []).length > 0) {
      return true;
    }
    if (kind.kind === 'Namespace' && kind.group === '') {
      return this.#table.countInNamespace(object.metadata.name) > 0;
    }
    return (
      isDefinition(kind) &&
      kindsOfDefinition(object).some(of => this.#table.list(of).length > 0)
    );
  }

  #mark(kind: ResourceKind, object: KubeObject, grace: number): KubeObject {
    const at = new Date(this.#clock.now().getTime() + grace * 1000);
    return this.#writer.replace(
      kind,
      {
        ...object,
        metadata: {
          ...object.metadata,
          deletionTimestamp: at.toISOString().replace(/\.\d{3}Z$/, 'Z'),
          deletionGracePeriodSeconds: grace,
          ...(object.metadata.generation
            ? { generation: object.metadata.generation + 1 }
            : {}),
        },
        ...(kind.kind === 'Namespace'
          ? { status: { ...object.status, phase: 'Terminating' } }
          : {}),
      },
      object,
    );
  }

  /** Deletes what lives in a namespace, or what a definition defines. */
  #empty(kind: ResourceKind, object: KubeObject): void {
    if (kind.kind === 'Namespace' && kind.group === '') {
      for (const of of this.#kinds
        .all()
        .filter(({ namespaced }) => namespaced)) {
        for (const content of this.#table.list(of, object.metadata.name)) {
          this.#deleteAgain(of, content);
        }
      }
    }
    if (isDefinition(kind)) {
      for (const of of kindsOfDefinition(object)) {
        for (const content of this.#table.list(of)) {
          this.#deleteAgain(of, content);
        }
      }
    }
  }

  #deleteAgain(kind: ResourceKind, object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    // A dependent may have gone with its owner in the meantime.
    const current = this.#table.get(kind, namespace, name);
    if (current && !current.metadata.deletionTimestamp) {
      this.delete(kind, current);
    }
  }

  #afterRemoval(kind: ResourceKind, object: KubeObject): void {
    if (isDefinition(kind)) {
      this.#kinds.remove(object.spec.group, object.spec.names.plural);
    }
    for (const dependent of this.#table.dependentsOf(object.metadata.uid!)) {
      this.#deleteDependent(dependent, 'Background');
    }
    this.#releaseOwners(object);
    const { namespace } = object.metadata;
    const namespaces = this.#kinds.find('v1', 'Namespace');
    const home =
      namespace && namespaces && this.#table.get(namespaces, '', namespace);
    if (home && home.metadata.deletionTimestamp) {
      this.finish(namespaces, home);
    }
    this.#releaseDefinition(kind);
  }

  #releaseDefinition(kind: ResourceKind): void {
    const definitions = this.#kinds.find(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
    );
    const definition =
      definitions &&
      this.#table.get(definitions, '', `${kind.plural}.${kind.group}`);
    if (definition?.metadata.deletionTimestamp) {
      this.finish(definitions!, definition);
    }
  }

  /** An owner that waits for its dependents may go when the last one has gone. */
  #releaseOwners(object: KubeObject): void {
    for (const reference of object.metadata.ownerReferences ?? []) {
      const kind = this.#kinds.find(reference.apiVersion, reference.kind);
      const owner =
        kind &&
        (this.#table.get(
          kind,
          object.metadata.namespace ?? '',
          reference.name,
        ) ??
          this.#table.get(kind, '', reference.name));
      if (
        owner?.metadata.uid === reference.uid &&
        owner.metadata.finalizers?.includes(FOREGROUND) &&
        this.#table.dependentsOf(reference.uid).length === 0
      ) {
        const next = this.#writer.replace(
          kind!,
          {
            ...owner,
            metadata: {
              ...owner.metadata,
              finalizers: owner.metadata.finalizers.filter(
                finalizer => finalizer !== FOREGROUND,
              ),
            },
          },
          owner,
        );
        this.finish(kind!, next);
      }
    }
  }

  #deleteDependent(
    dependent: KubeObject,
    policy: DeleteOptions['propagationPolicy'],
  ): void {
    const kind = this.#kinds.find(dependent.apiVersion, dependent.kind);
    const current =
      kind &&
      this.#table.get(
        kind,
        dependent.metadata.namespace ?? '',
        dependent.metadata.name,
      );
    if (kind && current && !current.metadata.deletionTimestamp) {
      this.delete(kind, current, { propagationPolicy: policy });
    }
  }

  #orphan(owner: KubeObject): void {
    for (const dependent of this.#table.dependentsOf(owner.metadata.uid!)) {
      const kind = this.#kinds.find(dependent.apiVersion, dependent.kind);
      if (kind) {
        this.#writer.replace(
          kind,
          {
            ...dependent,
            metadata: {
              ...dependent.metadata,
              ownerReferences: dependent.metadata.ownerReferences?.filter(
                ({ uid }) => uid !== owner.metadata.uid,
              ),
            },
          },
          dependent,
        );
      }
    }
  }
}

function isDefinition(kind: ResourceKind): boolean {
  return kind.kind === 'CustomResourceDefinition';
}

/** Seconds until a pod is gone; a pod without a node or whose containers have ended goes at once. */
function graceOf(
  kind: ResourceKind,
  object: KubeObject,
  options: DeleteOptions,
): number {
  if (
    kind.kind !== 'Pod' ||
    kind.group !== '' ||
    !object.spec?.nodeName ||
    ['Succeeded', 'Failed'].includes(object.status?.phase)
  ) {
    return 0;
  }
  return (
    options.gracePeriodSeconds ??
    object.spec.terminationGracePeriodSeconds ??
    30
  );
}
