// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { spawn, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

/** What git answered. */
export interface GitResult {
  code: number;
  stdout: Buffer;
  stderr: string;
}

export interface GitOptions {
  input?: Buffer | string;
  env?: Record<string, string>;
}

/** git said no; `message` holds what it wrote. */
export class GitError extends Error {
  readonly code: number;

  constructor(args: string[], result: GitResult) {
    super(
      `git ${args.slice(0, 2).join(' ')} failed (${
        result.code
      }): ${result.stderr.trim()}`,
    );
    this.name = 'GitError';
    this.code = result.code;
  }
}

// A burst of readers must not become a burst of processes.
const MOST_PROCESSES = 8;
let running = 0;
const waiting: Array<() => void> = [];

/**
 * The environment that git runs in: nothing of the user's own configuration
 * reaches the sandbox, and git never asks a question.
 */
export function gitEnvironment(
  extra: Record<string, string> = {},
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '4',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    // The state folder can be rebuilt, so speed counts more than power cuts.
    GIT_CONFIG_KEY_1: 'core.fsync',
    GIT_CONFIG_VALUE_1: 'none',
    GIT_CONFIG_KEY_2: 'core.compression',
    GIT_CONFIG_VALUE_2: '1',
    GIT_CONFIG_KEY_3: 'receive.autogc',
    GIT_CONFIG_VALUE_3: 'false',
    ...extra,
  };
}

/** Runs git in a bare repository. Does not throw on a non-zero exit. */
export async function tryGit(
  gitDir: string,
  args: string[],
  options: GitOptions = {},
): Promise<GitResult> {
  if (running >= MOST_PROCESSES) {
    await new Promise<void>(resolve => {
      waiting.push(resolve);
    });
  }
  running += 1;
  try {
    return await execute(gitDir, args, options);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** As {@link tryGit}. @throws GitError on a non-zero exit */
export async function git(
  gitDir: string,
  args: string[],
  options: GitOptions = {},
): Promise<Buffer> {
  const result = await tryGit(gitDir, args, options);
  if (result.code !== 0) {
    throw new GitError(args, result);
  }
  return result.stdout;
}

/** Makes an empty bare repository whose HEAD names `branch`. */
export function initBare(gitDir: string, branch: string): void {
  const args = ['init', '--quiet', '--bare', '--template=', gitDir];
  const result = spawnSync('git', args, {
    env: gitEnvironment({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'init.defaultBranch',
      GIT_CONFIG_VALUE_0: branch,
    }),
  });
  if (result.error) {
    throw new Error(
      `git could not be started (${result.error.message}): install git and put it on the PATH`,
    );
  }
  if (result.status !== 0) {
    throw new GitError(args, {
      code: result.status ?? -1,
      stdout: result.stdout,
      stderr: result.stderr.toString(),
    });
  }
}

function execute(
  gitDir: string,
  args: string[],
  { input, env }: GitOptions,
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [`--git-dir=${gitDir}`, ...args], {
      env: gitEnvironment(env),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', chunk => stdout.push(chunk));
    child.stderr.on('data', chunk => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', code =>
      resolve({
        code: code ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
    // git may end before it has read everything; its exit code tells why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
