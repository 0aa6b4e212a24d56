// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  Phrase,
  SourceState,
  SourceStatus,
} from '@fairway/plugin-delivery-common';
import type { StateJournal } from './StateJournal';

/** Why a kind of a cluster cannot be read. */
export type Refusal = Extract<
  SourceState,
  'unauthorized' | 'forbidden' | 'not-installed'
>;

const NEXT: Record<Refusal, string> = {
  unauthorized: 'source.renew-credentials',
  forbidden: 'source.grant-read',
  'not-installed': 'source.install',
};

/** What is known about one kind of one cluster as a source, and since when. */
export class SourceHealth {
  readonly #cluster: string;
  readonly #kind: string;
  readonly #journal: StateJournal;
  readonly #changed: () => void;
  #state: SourceState = 'not-collected';
  #reason?: Phrase;
  #next?: Phrase;
  #heardAt = 0;

  constructor(options: {
    cluster: string;
    kind: string;
    journal: StateJournal;
    /** Called when the state is another one. */
    changed: () => void;
  }) {
    this.#cluster = options.cluster;
    this.#kind = options.kind;
    this.#journal = options.journal;
    this.#changed = options.changed;
    this.#reason = this.#phrase('source.starting');
  }

  status(): SourceStatus {
    return {
      state: this.#state,
      ...(this.#heardAt > 0 && {
        asOf: new Date(this.#heardAt).toISOString(),
      }),
      ...(this.#reason && { reason: this.#reason }),
      ...(this.#next && { next: this.#next }),
    };
  }

  /** The source said something: what is kept is what it has. */
  heard(): void {
    this.#heardAt = Date.now();
    if (this.#state !== 'current') {
      this.#reason = undefined;
      this.#next = undefined;
      this.#become('current');
    }
  }

  /** The source does not answer as it should; what is kept is what it last had. */
  lost(message: string): void {
    this.#reason = this.#phrase('source.unreachable', message);
    this.#next = this.#phrase('source.retry');
    this.#become(this.#heardAt > 0 ? 'stale' : 'unreachable');
  }

  /** The source answers, and the answer is no. */
  refused(refusal: Refusal, message: string): void {
    if (refusal !== 'unauthorized') {
      this.#heardAt = 0;
    }
    this.#reason = this.#phrase(`source.${refusal}`, message);
    this.#next = this.#phrase(NEXT[refusal]);
    this.#become(refusal);
  }

  #phrase(code: string, message?: string): Phrase {
    return {
      code,
      params: {
        cluster: this.#cluster,
        kind: this.#kind,
        ...(message !== undefined && { message }),
      },
    };
  }

  #become(state: SourceState): void {
    if (state === this.#state) {
      return;
    }
    this.#state = state;
    const { message = '' } = this.#reason?.params ?? {};
    this.#journal.became(this.#kind, state, String(message));
    this.#changed();
  }
}
