// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from '../clock';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { keyOf, refOf, tolerate } from './objects';

/** The API server forgets events an hour after they were written last (`--event-ttl`). */
const LIFETIME_MS = 3_600_000;
const SWEEP_MS = 300_000;

/** Forgets the events of one cluster in time, whoever wrote them. */
export class EventExpiry {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #unsubscribe: () => void;
  /** When each event was written last, in simulated milliseconds since the start. */
  readonly #written = new Map<string, number>();
  #elapsed = 0;
  #sweep?: Timer;
  #stopped = false;

  constructor(store: ClusterStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    const now = clock.now().getTime();
    for (const event of store.list('v1', 'Event')) {
      this.#written.set(keyOf(event), -ageOf(event, now));
    }
    this.#unsubscribe = store.subscribe(({ kind, object, type }) => {
      if (kind.kind !== 'Event') {
        return;
      }
      if (type === 'DELETED') {
        this.#written.delete(keyOf(object));
      } else {
        this.#written.set(keyOf(object), this.#elapsed);
        this.#schedule();
      }
    });
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    this.#sweep?.cancel();
  }

  #schedule(): void {
    if (this.#sweep || this.#stopped || this.#written.size === 0) {
      return;
    }
    this.#sweep = this.#clock.after(SWEEP_MS, () => {
      this.#sweep = undefined;
      this.#elapsed += SWEEP_MS;
      for (const [key, at] of [...this.#written]) {
        if (this.#elapsed - at >= LIFETIME_MS) {
          tolerate(() => this.#store.delete(refOf('v1', 'Event', key)));
        }
      }
      this.#schedule();
    });
  }
}

function ageOf(event: KubeObject, now: number): number {
  const last =
    event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  return Math.max(0, now - Date.parse(last));
}
