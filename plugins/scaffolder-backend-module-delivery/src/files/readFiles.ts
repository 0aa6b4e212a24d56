// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { lstat, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';

/** One file of the workspace; the path is from the folder that was read, with "/". */
export interface WorkspaceFile {
  path: string;
  content: Buffer;
}

const MOST_FILES = 2000;

/**
 * All files below a folder of the task's workspace, by path.
 *
 * @throws InputError for a folder that is not there or empty, for a symbolic link
 *   or special file, and for a path outside of the workspace
 */
export async function readFiles(
  workspacePath: string,
  folder: string,
): Promise<WorkspaceFile[]> {
  const root = resolveSafeChildPath(workspacePath, folder);
  const files: WorkspaceFile[] = [];
  const walk = async (relative: string): Promise<void> => {
    const entries = await readdir(join(root, relative), {
      withFileTypes: true,
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = relative ? `${relative}/${entry.name}` : entry.name;
      if (entry.name.toLocaleLowerCase('en-US') === '.git') {
        throw new InputError(`${folder}: ${path} is git's own folder.`);
      }
      if (entry.isDirectory()) {
        await walk(path);
      } else if (entry.isFile()) {
        files.push({ path, content: await readFile(join(root, path)) });
      } else {
        throw new InputError(
          `${folder}: ${path} is a symbolic link or special file. A template may only make regular files.`,
        );
      }
      if (files.length > MOST_FILES) {
        throw new InputError(`${folder}: more than ${MOST_FILES} files.`);
      }
    }
  };
  const found = await lstat(root).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new InputError(
      `${folder}: the files of this task are not there. Start the template again with the same values: what exists already is taken up.`,
    );
  }
  await walk('');
  if (files.length === 0) {
    throw new InputError(`${folder}: there are no files to write.`);
  }
  return files;
}
