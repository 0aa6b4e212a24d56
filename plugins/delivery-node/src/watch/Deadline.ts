// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** An end that comes when time is up or when the whole is ended, whichever is first. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #end = () => this.#controller.abort(this.#parent.reason);
  readonly #timer: NodeJS.Timeout;

  constructor(parent: AbortSignal, ms: number) {
    this.#parent = parent;
    this.#timer = setTimeout(
      () => this.#controller.abort(new Error(`no answer in ${ms} ms`)),
      ms,
    );
    parent.addEventListener('abort', this.#end, { once: true });
    if (parent.aborted) {
      this.#end();
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Time no longer counts; the end of the whole still does. */
  met(): void {
    clearTimeout(this.#timer);
  }

  /** Neither counts any more. */
  release(): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.#end);
  }

  /** The promise, or the end. */
  async race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    let end: () => void = () => {};
    const ended = new Promise<never>((_, reject) => {
      end = () => reject(signal.reason);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) {
        end();
      }
    });
    try {
      return await Promise.race([work, ended]);
    } finally {
      signal.removeEventListener('abort', end);
    }
  }
}
