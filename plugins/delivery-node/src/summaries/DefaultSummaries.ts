// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Summaries, Summarizer } from './types';

/** Summaries of all plugins of this process. */
export class DefaultSummaries implements Summaries {
  readonly #summarizers = new Map<string, Summarizer>();

  /** @throws when two plugins offer the same id: each service would be told twice */
  register(summarizer: Summarizer): void {
    if (this.#summarizers.has(summarizer.id)) {
      throw new Error(`summarizer "${summarizer.id}" is registered twice`);
    }
    this.#summarizers.set(summarizer.id, summarizer);
  }

  all(): Summarizer[] {
    return [...this.#summarizers.values()];
  }
}
