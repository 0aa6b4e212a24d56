// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SourceState } from '@fairway/plugin-delivery-common';

/** A cluster that goes down takes all its kinds with it within moments: one line says so. */
const GATHER_MS = 1000;

/** What somebody should look at; the others are how things are, or come back by themselves. */
const WARNINGS: readonly SourceState[] = [
  'stale',
  'unreachable',
  'unauthorized',
  'forbidden',
];

/** Writes to the log how the kinds of one cluster change their states, one line for those that change together. */
export class StateJournal {
  readonly #cluster: string;
  readonly #logger: LoggerService;
  readonly #gathered = new Map<string, { state: SourceState; why: string }>();
  #timer?: NodeJS.Timeout;

  constructor(cluster: string, logger: LoggerService) {
    this.#cluster = cluster;
    this.#logger = logger;
  }

  /** @param why - in the words of the cluster; empty when there is nothing to explain */
  became(kind: string, state: SourceState, why: string): void {
    this.#gathered.set(kind, { state, why });
    this.#timer ??= setTimeout(() => this.#write(), GATHER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #write(): void {
    this.#timer = undefined;
    const lines = new Map<string, { state: SourceState; kinds: string[] }>();
    for (const [kind, { state, why }] of this.#gathered) {
      const key = why ? `${state}: ${why}` : state;
      const line = lines.get(key) ?? { state, kinds: [] };
      line.kinds.push(kind);
      lines.set(key, line);
    }
    this.#gathered.clear();
    for (const [what, { state, kinds }] of lines) {
      const level = WARNINGS.includes(state) ? 'warn' : 'info';
      this.#logger[level](
        `Cluster ${this.#cluster}: ${kinds.sort().join(', ')}: ${what}`,
      );
    }
  }
}
