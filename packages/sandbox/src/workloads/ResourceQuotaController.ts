// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import { takes, usedOf, written } from '../kubernetes/store/quota';
import type { ClusterStore } from '../kubernetes/types';
import { ControllerQueue } from './ControllerQueue';
import { keyOf, refOf, writeStatus } from './objects';

/** Keeps the books of quotas: what is limited, and what the pods of the namespace take of it. */
export class ResourceQuotaController {
  readonly #store: ClusterStore;
  readonly #queue: ControllerQueue;
  readonly #unsubscribe: () => void;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#queue = new ControllerQueue(
      store,
      clock,
      { apiVersion: 'v1', kind: 'ResourceQuota' },
      key => this.#sync(key),
    );
    this.#unsubscribe = store.subscribe(({ kind, type, object, previous }) => {
      if (
        kind.kind === 'Pod' &&
        (type !== 'MODIFIED' || takes(object) !== takes(previous!))
      ) {
        const { namespace } = object.metadata;
        for (const quota of store.list('v1', 'ResourceQuota', { namespace })) {
          this.#queue.add(keyOf(quota));
        }
      }
    });
  }

  stop(): void {
    this.#unsubscribe();
    this.#queue.stop();
  }

  #sync(key: string): void {
    const quota = this.#store.get(refOf('v1', 'ResourceQuota', key));
    if (!quota) {
      return;
    }
    const { namespace } = quota.metadata;
    const pods = this.#store.list('v1', 'Pod', { namespace });
    writeStatus(this.#store, quota, {
      hard: quota.spec.hard,
      used: written(usedOf(quota, pods)),
    });
  }
}
