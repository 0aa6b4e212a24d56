// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LiveTopic, LiveTopics } from './types';

/** Topics of all plugins of this process. */
export class DefaultLiveTopics implements LiveTopics {
  readonly #topics = new Map<string, LiveTopic>();

  /** @throws when two plugins offer the same id: one would silently win */
  register(topic: LiveTopic): void {
    if (this.#topics.has(topic.id)) {
      throw new Error(`live topic "${topic.id}" is registered twice`);
    }
    this.#topics.set(topic.id, topic);
  }

  get(id: string): LiveTopic | undefined {
    return this.#topics.get(id);
  }
}
