// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Summaries, Summarizer } from './types';

/** Summaries of all plugins of this process. */
export class DefaultSummaries implements Summaries {
  readonly #summarizers: Summarizer[] = [];

  register(summarizer: Summarizer): void {
    this.#summarizers.push(summarizer);
  }

  all(): Summarizer[] {
    return [...this.#summarizers];
  }
}
