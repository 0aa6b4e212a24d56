// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  KubeObject,
  OwnerReference,
  PropagationPolicy,
  ResourceKind,
} from '../types';
import type { KindTable } from './KindTable';
import type { ObjectTable } from './ObjectTable';

/** Finalizer of an owner that goes after its dependents. */
export const FOREGROUND = 'foregroundDeletion';
/** Finalizer of an owner that lets its dependents go free. */
export const ORPHAN = 'orphan';

export interface CollectorWriter {
  /** Stores, or removes what nothing holds in its next form. */
  replace(kind: ResourceKind, next: KubeObject, previous: KubeObject): void;
  delete(
    kind: ResourceKind,
    object: KubeObject,
    policy: PropagationPolicy,
  ): void;
}

/**
 * The garbage collector of kube-controller-manager, without its queue
 * (`kubernetes/kubernetes:pkg/controller/garbagecollector/garbagecollector.go`):
 * an object goes when none of its owners exists any more; owners that are
 * deleted in the foreground wait for the dependents that block them.
 */
export class GarbageCollector {
  constructor(
    private readonly kinds: KindTable,
    private readonly table: ObjectTable,
    private readonly writer: CollectorWriter,
  ) {}

  /** Frees the dependents of an owner that is marked to orphan them, and releases it. */
  orphan(kind: ResourceKind, owner: KubeObject): void {
    const { uid } = owner.metadata;
    for (const dependent of this.table.dependentsOf(uid!)) {
      this.#keepOwners(dependent, reference => reference.uid !== uid);
    }
    this.#release(kind, owner, ORPHAN);
  }

  /** Deletes what blocks an owner that is deleted in the foreground, and releases it when nothing does. */
  waitForDependents(kind: ResourceKind, owner: KubeObject): void {
    for (const dependent of this.#blocking(owner)) {
      const of = this.kinds.find(dependent.apiVersion, dependent.kind);
      if (of) {
        this.attempt(of, dependent);
      }
    }
    const current = this.#current(kind, owner);
    if (current && this.#blocking(current).length === 0) {
      this.#release(kind, current, FOREGROUND);
    }
  }

  /** Looks at all that belonged to an owner which has just gone, and at its owners that waited for it. */
  ownerGone(gone: KubeObject): void {
    for (const dependent of this.table.dependentsOf(gone.metadata.uid!)) {
      const kind = this.kinds.find(dependent.apiVersion, dependent.kind);
      if (kind) {
        this.attempt(kind, dependent);
      }
    }
    for (const reference of gone.metadata.ownerReferences ?? []) {
      const found = this.#owner(reference, gone.metadata.namespace);
      if (found && isWaiting(found.owner)) {
        this.waitForDependents(found.kind, found.owner);
      }
    }
  }

  /** Deletes an object that no owner keeps; one that has a living owner loses the references to the others. */
  attempt(kind: ResourceKind, object: KubeObject): void {
    const current = this.#current(kind, object);
    const references = current?.metadata.ownerReferences ?? [];
    if (
      !current ||
      current.metadata.deletionTimestamp ||
      references.length === 0
    ) {
      return;
    }
    const { namespace } = current.metadata;
    const keeps = references.filter(reference =>
      this.#keeps(reference, namespace),
    );
    if (keeps.length > 0) {
      if (keeps.length < references.length) {
        this.#keepOwners(current, reference => keeps.includes(reference));
      }
      return;
    }
    const isAwaited =
      references.some(reference => this.#owner(reference, namespace)) &&
      this.table.dependentsOf(current.metadata.uid!).length > 0;
    this.writer.delete(
      kind,
      current,
      isAwaited ? 'Foreground' : policyOf(current),
    );
  }

  /** An owner that exists and does not wait for its dependents. One of a kind that is not served cannot be ruled out. */
  #keeps(reference: OwnerReference, namespace: string | undefined): boolean {
    if (!this.kinds.find(reference.apiVersion, reference.kind)) {
      return true;
    }
    const found = this.#owner(reference, namespace);
    return found !== undefined && !isWaiting(found.owner);
  }

  #current(kind: ResourceKind, { metadata }: KubeObject) {
    const found = this.table.get(kind, metadata.namespace ?? '', metadata.name);
    return found?.metadata.uid === metadata.uid ? found : undefined;
  }

  #blocking(owner: KubeObject): KubeObject[] {
    const { uid } = owner.metadata;
    return this.table
      .dependentsOf(uid!)
      .filter(({ metadata }) =>
        metadata.ownerReferences?.some(
          reference => reference.uid === uid && reference.blockOwnerDeletion,
        ),
      );
  }

  #owner(
    reference: OwnerReference,
    namespace: string | undefined,
  ): { kind: ResourceKind; owner: KubeObject } | undefined {
    const kind = this.kinds.find(reference.apiVersion, reference.kind);
    const owner =
      kind &&
      this.table.get(
        kind,
        kind.namespaced ? namespace ?? '' : '',
        reference.name,
      );
    return owner?.metadata.uid === reference.uid
      ? { kind: kind!, owner: owner! }
      : undefined;
  }

  #keepOwners(
    dependent: KubeObject,
    keep: (reference: OwnerReference) => boolean,
  ): void {
    const kind = this.kinds.find(dependent.apiVersion, dependent.kind);
    if (!kind) {
      return;
    }
    const { ownerReferences = [], ...metadata } = dependent.metadata;
    const kept = ownerReferences.filter(keep);
    this.writer.replace(
      kind,
      {
        ...dependent,
        metadata:
          kept.length > 0 ? { ...metadata, ownerReferences: kept } : metadata,
      },
      dependent,
    );
  }

  /** Takes a finalizer away. */
  #release(kind: ResourceKind, owner: KubeObject, finalizer: string): void {
    const current = this.#current(kind, owner);
    if (!current) {
      return;
    }
    const { finalizers = [], ...metadata } = current.metadata;
    const left = finalizers.filter(name => name !== finalizer);
    this.writer.replace(
      kind,
      {
        ...current,
        metadata:
          left.length > 0 ? { ...metadata, finalizers: left } : metadata,
      },
      current,
    );
  }
}

function isWaiting({ metadata }: KubeObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined &&
    metadata.finalizers?.includes(FOREGROUND) === true
  );
}

function policyOf({ metadata }: KubeObject): PropagationPolicy {
  if (metadata.finalizers?.includes(ORPHAN)) {
    return 'Orphan';
  }
  return metadata.finalizers?.includes(FOREGROUND)
    ? 'Foreground'
    : 'Background';
}
