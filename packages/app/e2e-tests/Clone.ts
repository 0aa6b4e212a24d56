// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** Nobody's own settings of git, and no mode that would leave out what tests need. */
const ENVIRONMENT: Record<string, string | undefined> = {
  ...process.env,
  NODE_ENV: undefined,
  // Playwright may ask for colours, which would stand between the words.
  FORCE_COLOR: '0',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

/** A clone in a folder of its own. */
export class Clone {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Clones, lets `work` use it, and removes it. */
  static async of<T>(
    url: string,
    work: (clone: Clone) => Promise<T>,
  ): Promise<T> {
    const folder = await mkdtemp(path.join(tmpdir(), 'fairway-clone-'));
    try {
      const clone = new Clone(folder);
      await clone.git('clone', '--quiet', url, '.');
      return await work(clone);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Lines that a git command prints. @throws with git's own words when it fails */
  async git(...args: string[]): Promise<string[]> {
    return this.run('git', ...args);
  }

  async run(command: string, ...args: string[]): Promise<string[]> {
    return this.#start(command, args);
  }

  /** Commits that git reads from a stream (git documentation, git-fast-import): one process for many. */
  async import(stream: string): Promise<void> {
    await this.#start('git', ['fast-import', '--quiet'], stream);
  }

  async #start(
    command: string,
    args: string[],
    input?: string,
  ): Promise<string[]> {
    const running = runFile(command, args, {
      cwd: this.folder,
      env: ENVIRONMENT as NodeJS.ProcessEnv,
      maxBuffer: 50_000_000,
    });
    running.child.stdin?.end(input);
    const { stdout } = await running;
    return stdout.split('\n').filter(Boolean);
  }
}
