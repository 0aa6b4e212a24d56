// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { type ChildProcess, fork } from 'node:child_process';
import type { SubjectKind } from './subjects';

export type SubjectName = 'fairway' | 'stock';

/** What a subject measured of itself when all objects were there. */
export interface SubjectFigures {
  /** Bytes of live heap over those of before. */
  heap: number;
  /** Most resident memory while listing over that of before, in bytes. */
  peak: number;
  listMs: number;
}

const PATIENCE_MS = 240_000;

/** A subject in a process of its own, from its start until it is stopped. */
export class SubjectProcess {
  readonly #child: ChildProcess;
  readonly figures: SubjectFigures;

  private constructor(child: ChildProcess, figures: SubjectFigures) {
    this.#child = child;
    this.figures = figures;
  }

  /** Resolves when the subject has all objects, and watches. */
  static start(options: {
    subject: SubjectName;
    url: string;
    kinds: SubjectKind[];
    objects: number;
    /** How many clusters Fairway is told that there are, all at the same address. */
    clusters?: number;
  }): Promise<SubjectProcess> {
    const { subject, url, kinds, objects, clusters = 1 } = options;
    const child = fork(
      require.resolve('./runSubject.ts'),
      [subject, url, kinds.join(), String(objects), String(clusters)],
      {
        execArgv: [
          ...process.execArgv.filter(arg => !arg.startsWith('--max-old-space')),
          '--expose-gc',
        ],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      },
    );
    let words = '';
    child.stderr?.on('data', data => {
      words = (words + data).slice(-2000);
    });
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => {
        child.kill('SIGKILL');
        reject(
          new Error(
            `${subject} did not have ${objects} objects after ${
              PATIENCE_MS / 1000
            } s. ${words}`,
          ),
        );
      }, PATIENCE_MS);
      // What transforms TypeScript sends messages of its own.
      child.on('message', (message: { figures?: SubjectFigures }) => {
        if (message.figures) {
          clearTimeout(patience);
          resolve(new SubjectProcess(child, message.figures));
        }
      });
      child.once('exit', code => {
        clearTimeout(patience);
        reject(new Error(`${subject} ended with ${code}. ${words}`));
      });
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return;
    }
    const ended = new Promise(resolve => {
      this.#child.once('exit', resolve);
    });
    this.#child.kill('SIGKILL');
    await ended;
  }
}
