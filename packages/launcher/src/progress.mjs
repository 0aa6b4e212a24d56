// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Seconds or minutes in words: "4.2 s", "1 min 12 s". */
export function duration(ms) {
  if (ms < 60_000) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/**
 * Says what happens and how long it takes: one line a step, redrawn on a
 * terminal, printed once at its end elsewhere.
 */
export class Progress {
  #steps = [];
  #out;
  #live;

  constructor(out = process.stdout) {
    this.#out = out;
    this.#live = Boolean(out.isTTY) && !process.env.CI;
  }

  /** The steps so far, longest first. */
  longest() {
    return [...this.#steps].sort((a, b) => b.ms - a.ms);
  }

  line(text = '') {
    this.#out.write(`${text}\n`);
  }

  /**
   * Runs one step. `work` may call `note(text)` to say where it is; what it
   * returns as `detail` is printed behind the time.
   */
  async step(title, work) {
    const started = Date.now();
    let note = '';
    const draw = () => {
      const text = `  ${title} ... ${duration(Date.now() - started)}${
        note && ` (${note})`
      }`;
      this.#out.write(
        `\r\u001b[2K${text.slice(0, (this.#out.columns ?? 100) - 1)}`,
      );
    };
    const timer = this.#live ? setInterval(draw, 200) : undefined;
    timer?.unref();
    try {
      const result = await work(text => {
        note = text;
      });
      const ms = Date.now() - started;
      this.#steps.push({ title, ms });
      this.#end(
        timer,
        `  ${title}: ${duration(ms)}${
          result?.detail ? `, ${result.detail}` : ''
        }`,
      );
      return result;
    } catch (error) {
      this.#steps.push({ title, ms: Date.now() - started });
      this.#end(
        timer,
        `  ${title}: failed after ${duration(Date.now() - started)}`,
      );
      throw error;
    }
  }

  #end(timer, text) {
    clearInterval(timer);
    this.#out.write(`${this.#live ? '\r\u001b[2K' : ''}${text}\n`);
  }
}
