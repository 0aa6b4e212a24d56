// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DeliveryApi, LiveRequest, LiveState } from '../live';

const LOADING: LiveState = { status: 'loading' };

/** A live connection whose news come from the test. @public */
export class FakeDeliveryApi implements DeliveryApi {
  readonly #states = new Map<string, LiveState>();
  readonly #listeners = new Set<() => void>();
  /** Topics that somebody asked again for, in order. */
  readonly refreshed: string[] = [];

  /** Sets what is known of a topic and tells everybody who looks. */
  set(topic: string, state: LiveState): this {
    this.#states.set(topic, state);
    for (const listener of [...this.#listeners]) {
      listener();
    }
    return this;
  }

  read(request: LiveRequest): LiveState {
    return this.#states.get(request.topic) ?? LOADING;
  }

  observe(_request: LiveRequest, changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  async refresh(request: LiveRequest): Promise<void> {
    this.refreshed.push(request.topic);
  }
}
