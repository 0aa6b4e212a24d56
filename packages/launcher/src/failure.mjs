// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** A failure with a sentence for the person at the terminal: what is wrong and what to do. */
export class Failure extends Error {
  constructor(sentence, { log, cause } = {}) {
    super(sentence, { cause });
    this.name = 'Failure';
    this.log = log;
  }
}

const REGISTRY =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network timeout|RequestError|fetch failed|socket hang up|E50[0-9]\b|HTTPError/;

/**
 * The sentence for a command that failed, from what it printed.
 *
 * @param {string} what the step in words: "Installing packages"
 * @param {string} output all that the command printed
 */
export function explain(what, output) {
  if (/ENOSPC|no space left on device/i.test(output)) {
    return `${what} stopped because the disk is full. Free about 4 GB and start again.`;
  }
  if (/EACCES|EPERM|permission denied/i.test(output)) {
    return `${what} may not write here. Give your user write access to this folder and start again.`;
  }
  if (REGISTRY.test(output)) {
    return `${what} could not reach the npm registry. Check the network or the "registry" and proxy settings of npm, then start again; what is already there is kept.`;
  }
  if (/lockfile would have been (modified|created)|YN0028/.test(output)) {
    return `${what} stopped because yarn.lock does not fit the package.json files. Run "yarn install", review the change of yarn.lock and commit it.`;
  }
  return `${what} failed.`;
}

/** The last lines of a command's output, for print below the sentence. */
export function tail(output, lines = 20) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
