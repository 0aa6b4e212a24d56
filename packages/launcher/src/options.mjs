// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { Failure } from './failure.mjs';

/** Command line options of the form --name value; everything else stays in `rest`. */
export class Options {
  constructor(args) {
    /** As they were given. */
    this.args = args;
    this.values = new Map();
    this.rest = [];
    for (let at = 0; at < args.length; at++) {
      const arg = args[at];
      if (!arg.startsWith('--')) {
        this.rest.push(arg);
        continue;
      }
      const [name, inline] = arg.slice(2).split('=', 2);
      const next = args[at + 1];
      if (inline !== undefined) {
        this.values.set(name, inline);
      } else if (next !== undefined && !next.startsWith('--')) {
        this.values.set(name, next);
        at++;
      } else {
        this.values.set(name, 'true');
      }
    }
  }

  has(name) {
    return this.values.has(name);
  }

  number(name, fallback) {
    const text = this.values.get(name);
    if (text === undefined) {
      return fallback;
    }
    const value = Number(text);
    if (!Number.isFinite(value) || value <= 0) {
      throw new Failure(
        `--${name} must be a number above 0, but is "${text}".`,
      );
    }
    return value;
  }
}
