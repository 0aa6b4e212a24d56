// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { posix } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { GitOpsSource } from '../sources/GitOpsSource';

/** What a directory of a GitOps repository renders from. */
export interface RenderedPaths {
  /** Paths without leading slash; none lies in another. `''` is the whole repository. */
  paths: string[];
  /** Image name to the tag that Git wants. */
  images: Record<string, string>;
}

const FILE_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const MOST_DIRECTORIES = 50;

const strings = z.array(z.unknown()).catch([]);
const kustomizationFile = z.object({
  resources: strings,
  bases: strings,
  components: strings,
  patches: strings,
  patchesStrategicMerge: strings,
  configMapGenerator: strings,
  secretGenerator: strings,
  images: z
    .array(
      z.object({
        name: z.string(),
        newTag: z.coerce.string().optional(),
      }),
    )
    .catch([]),
});

/** `./apps/orders/` -> `apps/orders`; the root is the empty string. */
export function normalizePath(path: string): string {
  return posix
    .normalize(path)
    .replace(/^(\.?\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}

/** Whether `file` is `path` or lies below it. */
export function isBelow(file: string, path: string): boolean {
  return path === '' || file === path || file.startsWith(`${path}/`);
}

/** Every string in an entry that may name a file: a path, `key=path`, or a list of them. */
function namedFiles(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value.includes('=') ? value.slice(value.indexOf('=') + 1) : value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(namedFiles);
  }
  if (typeof value === 'object' && value !== null) {
    const { path, files, envs, env } = value as Record<string, unknown>;
    return [path, files, envs, env].flatMap(namedFiles);
  }
  return [];
}

function isRemote(reference: string): boolean {
  return /^[a-z]+:\/\//i.test(reference) || /^[\w.-]+@|\?ref=/.test(reference);
}

async function readKustomizationFile(
  source: Pick<GitOpsSource, 'readFile'>,
  directory: string,
  at: string,
) {
  for (const name of FILE_NAMES) {
    const text = await source.readFile({
      path: posix.join(directory, name),
      at,
    });
    if (text !== undefined) {
      try {
        return kustomizationFile.parse(parse(text) ?? {});
      } catch {
        // What kustomize cannot read either renders nothing but itself.
        return undefined;
      }
    }
  }
  return undefined;
}

/**
 * The paths that a directory renders from, at one commit: itself and what its
 * kustomization file refers to, and so on from there. Without such a file, the
 * directory alone.
 *
 * @throws SourceError
 */
export async function readRenderedPaths(
  source: Pick<GitOpsSource, 'readFile'>,
  options: { path: string; at: string },
): Promise<RenderedPaths> {
  const root = normalizePath(options.path);
  const found = new Set<string>();
  const images: Record<string, string> = {};
  const open = [root];
  while (open.length > 0 && found.size < MOST_DIRECTORIES) {
    const directory = open.shift()!;
    if (found.has(directory)) {
      continue;
    }
    found.add(directory);
    const file = await readKustomizationFile(source, directory, options.at);
    if (!file) {
      continue;
    }
    for (const { name, newTag } of file.images) {
      // The overlay is read before its bases, and has the last word.
      if (newTag && !(name in images)) {
        images[name] = newTag;
      }
    }
    for (const value of [
      ...file.resources,
      ...file.bases,
      ...file.components,
    ]) {
      if (typeof value !== 'string' || isRemote(value)) {
        continue;
      }
      const target = normalizePath(posix.join(directory, value));
      if (/\.(ya?ml|json)$/.test(target)) {
        found.add(target);
      } else if (!target.startsWith('..')) {
        open.push(target);
      }
    }
    for (const value of [
      ...file.patches,
      ...file.patchesStrategicMerge,
      ...file.configMapGenerator,
      ...file.secretGenerator,
    ].flatMap(namedFiles)) {
      if (!value.includes('\n')) {
        found.add(normalizePath(posix.join(directory, value)));
      }
    }
  }
  const all = [...found].filter(path => !path.startsWith('..'));
  return {
    paths: all
      .filter(
        path => !all.some(other => other !== path && isBelow(path, other)),
      )
      .sort(),
    images,
  };
}
