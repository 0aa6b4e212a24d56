// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { posix } from 'node:path';

/** What a build looked at, so that it can be told whether it would come out the same on another tree. */
export interface TreeReads {
  files: Map<string, string | undefined>;
  folders: Map<string, boolean>;
  walks: Map<string, string>;
}

/**
 * Read-only view of a checked-out tree, by path from its root. `place` is the
 * folder that error messages say the tree lies in.
 */
export class FileTree {
  readonly #files: ReadonlyMap<string, string>;
  readonly #folders: ReadonlySet<string>;
  readonly #reads?: TreeReads;
  readonly place: string;

  private constructor(
    files: ReadonlyMap<string, string>,
    folders: ReadonlySet<string>,
    place: string,
    reads?: TreeReads,
  ) {
    this.#files = files;
    this.#folders = folders;
    this.place = place;
    this.#reads = reads;
  }

  static of(files: ReadonlyMap<string, string>, place: string): FileTree {
    const folders = new Set<string>(['']);
    for (const path of files.keys()) {
      let folder = posix.dirname(path);
      while (folder !== '.' && !folders.has(folder)) {
        folders.add(folder);
        folder = posix.dirname(folder);
      }
    }
    return new FileTree(files, folders, place);
  }

  /** The same tree, under another name, noting everything that is read. */
  recording(place: string): { tree: FileTree; reads: TreeReads } {
    const reads: TreeReads = {
      files: new Map(),
      folders: new Map(),
      walks: new Map(),
    };
    return {
      tree: new FileTree(this.#files, this.#folders, place, reads),
      reads,
    };
  }

  /** Whether a build that read `reads` elsewhere would read the same here. */
  agreesWith(reads: TreeReads): boolean {
    for (const [path, content] of reads.files) {
      if (this.#files.get(path) !== content) {
        return false;
      }
    }
    for (const [path, present] of reads.folders) {
      if (this.#folders.has(path) !== present) {
        return false;
      }
    }
    for (const [folder, listing] of reads.walks) {
      if (this.#list(folder).join('\n') !== listing) {
        return false;
      }
    }
    return true;
  }

  read(path: string): string | undefined {
    const content = this.#files.get(path);
    this.#reads?.files.set(path, content);
    return content;
  }

  isFolder(path: string): boolean {
    const present = this.#folders.has(path);
    this.#reads?.folders.set(path, present);
    return present;
  }

  /** Every file below `folder`, in the order of a walk of the disk. */
  walk(folder: string): string[] {
    const paths = this.#list(folder);
    this.#reads?.walks.set(folder, paths.join('\n'));
    return paths;
  }

  /** How an error message names a path of this tree. */
  describe(path: string): string {
    return path === '' ? this.place : posix.join(this.place, path);
  }

  /** Resolves `relative` against `folder`; undefined when it leaves the tree. */
  static resolve(folder: string, relative: string): string | undefined {
    const path = posix.normalize(posix.join(folder, relative));
    if (path === '..' || path.startsWith('../') || posix.isAbsolute(relative)) {
      return undefined;
    }
    return path === '.' || path === './' ? '' : path.replace(/\/$/, '');
  }

  #list(folder: string): string[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    return [...this.#files.keys()]
      .filter(path => path.startsWith(prefix))
      .sort(compareWalk);
  }
}

function compareWalk(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    if (left[at] !== right[at]) {
      return left[at] < right[at] ? -1 : 1;
    }
  }
  return left.length - right.length;
}
