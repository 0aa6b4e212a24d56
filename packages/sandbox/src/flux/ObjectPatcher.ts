// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../kubernetes/ApiError';
import type { ClusterStore, KubeObject, ObjectRef } from '../kubernetes/types';
import { type Condition, conditionsOf, sortConditions } from './conditions';

/**
 * Writes a working copy back as the Flux controllers do: first the conditions,
 * then metadata, then the rest of the status, each as a patch of its own and
 * only when it changed. So what watches see passes through states like "Ready
 * at the new revision, applied revision still the old one"
 * (`fluxcd/pkg:runtime/patch/serial.go`).
 */
export class ObjectPatcher {
  readonly #store: ClusterStore;
  readonly #manager: string;
  readonly #ref: ObjectRef;
  #before: KubeObject;

  private constructor(
    store: ClusterStore,
    manager: string,
    object: KubeObject,
  ) {
    this.#store = store;
    this.#manager = manager;
    this.#ref = refOf(object);
    this.#before = structuredClone(object);
  }

  static create(
    store: ClusterStore,
    manager: string,
    object: KubeObject,
  ): ObjectPatcher {
    return new ObjectPatcher(store, manager, object);
  }

  patch(object: KubeObject): void {
    this.#patchConditions(object);
    this.#patchFinalizers(object);
    this.#patchStatus(object);
    this.#before = structuredClone(object);
  }

  /**
   * Changed conditions are put onto what the server has now and stamped with
   * its generation, which may be newer than the working copy's.
   */
  #patchConditions(object: KubeObject): void {
    const before = conditionsOf(this.#before);
    const after = conditionsOf(object);
    if (isDeepStrictEqual(before, after)) {
      return;
    }
    const latest = this.#store.get(this.#ref);
    if (!latest) {
      return;
    }
    const conditions = new Map<string, Condition>(
      conditionsOf(latest).map(condition => [condition.type, condition]),
    );
    for (const condition of before) {
      if (!after.some(other => other.type === condition.type)) {
        conditions.delete(condition.type);
      }
    }
    for (const condition of after) {
      const old = before.find(other => other.type === condition.type);
      if (!old || !isDeepStrictEqual(old, condition)) {
        conditions.set(condition.type, {
          ...condition,
          observedGeneration: latest.metadata.generation,
        });
      }
    }
    this.#write({
      status: { conditions: sortConditions([...conditions.values()]) },
    });
  }

  #patchFinalizers(object: KubeObject): void {
    const before = this.#before.metadata.finalizers ?? [];
    const after = object.metadata.finalizers ?? [];
    if (!isDeepStrictEqual(before, after)) {
      this.#attempt(() =>
        this.#store.patch(
          this.#ref,
          'merge',
          { metadata: { finalizers: after.length > 0 ? after : null } },
          { manager: this.#manager },
        ),
      );
    }
  }

  #patchStatus(object: KubeObject): void {
    const before = this.#before.status ?? {};
    const after = object.status ?? {};
    const changes: Record<string, unknown> = {};
    for (const field of new Set([
      ...Object.keys(before),
      ...Object.keys(after),
    ])) {
      if (
        field !== 'conditions' &&
        !isDeepStrictEqual(before[field], after[field])
      ) {
        changes[field] = after[field] ?? null;
      }
    }
    if (Object.keys(changes).length > 0) {
      this.#write({ status: changes });
    }
  }

  #write(body: unknown): void {
    this.#attempt(() =>
      this.#store.patch(this.#ref, 'merge', body, {
        manager: this.#manager,
        subresource: 'status',
      }),
    );
  }

  /** The object may be gone by now: its last finalizer has been removed. */
  #attempt(write: () => unknown): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 404)) {
        throw error;
      }
    }
  }
}

export function refOf(object: KubeObject): ObjectRef {
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name: object.metadata.name,
    ...(object.metadata.namespace
      ? { namespace: object.metadata.namespace }
      : {}),
  };
}
