// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore } from '../kubernetes/types';
import { keyOf, ownerOf } from './objects';
import { WorkQueue } from './WorkQueue';

/** What a controller looks at: objects of one kind, and the objects that those own. */
export interface ControlledKind {
  apiVersion: string;
  kind: string;
  /** Kind of the owned objects, whose changes bring their owner to work. */
  owned?: string;
}

/** The queue of one controller, fed by the changes of a cluster and by all that is there at the start. */
export class ControllerQueue extends WorkQueue {
  readonly #store: ClusterStore;
  readonly #of: ControlledKind;
  readonly #unsubscribe: () => void;

  constructor(
    store: ClusterStore,
    clock: Clock,
    of: ControlledKind,
    work: (key: string) => void,
  ) {
    super(clock, work);
    this.#store = store;
    this.#of = of;
    this.#unsubscribe = store.subscribe(({ kind, object, type }) => {
      if (kind.kind === of.kind && type !== 'DELETED') {
        this.add(keyOf(object));
      } else if (kind.kind === of.owned) {
        const owner = ownerOf(object);
        if (owner?.kind === of.kind) {
          this.add(`${object.metadata.namespace}/${owner.name}`);
        }
      }
    });
    this.addAll();
  }

  addAll(): void {
    for (const object of this.#store.list(this.#of.apiVersion, this.#of.kind)) {
      this.add(keyOf(object));
    }
  }

  override stop(): void {
    this.#unsubscribe();
    super.stop();
  }
}
