// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { posix } from 'node:path';
import { FileTree } from './FileTree';
import {
  type KustomizationFile,
  readKustomizationFile,
} from './KustomizationFile';
import { KustomizeError } from './KustomizeError';
import type { ImagesField } from './applyImages';
import type { PatchTarget } from './applyPatches';
import { loadManifests } from './loadManifests';
import { hasKustomizationFile } from './renderKustomization';

/** What a Flux Kustomization adds to the kustomization file of its path. */
export interface FluxOverrides {
  targetNamespace?: string;
  namePrefix?: string;
  nameSuffix?: string;
  patches?: { patch: string; target?: PatchTarget }[];
  images?: ImagesField[];
  components?: string[];
  ignoreMissingComponents?: boolean;
}

/**
 * The kustomization file that Flux builds: the one in the folder, or one that
 * lists every YAML file below it (folders with a kustomization file of their
 * own as one resource), with the overrides put in
 * (`fluxcd/pkg:kustomize/kustomize_generator.go`).
 *
 * @throws KustomizeError when a file below a folder without a kustomization file is no Kubernetes YAML
 */
export function generateKustomization(
  tree: FileTree,
  folder: string,
  overrides: FluxOverrides,
): KustomizationFile {
  const file = hasKustomizationFile(tree, folder)
    ? readKustomizationFile(tree, folder)
    : scan(tree, folder);
  const images = [...(file.images ?? [])];
  for (const image of overrides.images ?? []) {
    const at = images.findIndex(other => other.name === image.name);
    images.splice(at === -1 ? images.length : at, at === -1 ? 0 : 1, image);
  }
  const components = (overrides.components ?? []).filter(
    component =>
      !overrides.ignoreMissingComponents ||
      tree.isFolder(FileTree.resolve(folder, component) ?? '..'),
  );
  return {
    ...file,
    ...(overrides.targetNamespace
      ? { namespace: overrides.targetNamespace }
      : {}),
    ...(overrides.namePrefix ? { namePrefix: overrides.namePrefix } : {}),
    ...(overrides.nameSuffix ? { nameSuffix: overrides.nameSuffix } : {}),
    patches: [...(file.patches ?? []), ...(overrides.patches ?? [])],
    images,
    components: [...(file.components ?? []), ...components],
  };
}

function scan(tree: FileTree, folder: string): KustomizationFile {
  const resources: string[] = [];
  const whole = new Set<string>();
  for (const path of tree.walk(folder)) {
    const relative = folder === '' ? path : path.slice(folder.length + 1);
    const parent = kustomizedParent(tree, folder, relative);
    if (parent !== undefined) {
      if (!whole.has(parent)) {
        whole.add(parent);
        resources.push(`./${parent}`);
      }
      continue;
    }
    if (!/\.ya?ml$/.test(path)) {
      continue;
    }
    try {
      loadManifests(tree.read(path) ?? '', tree.describe(path));
    } catch (error) {
      if (error instanceof KustomizeError) {
        throw new KustomizeError(
          `failed to decode Kubernetes YAML from ${tree.describe(path)}: ${
            error.message
          }`,
        );
      }
      throw error;
    }
    resources.push(`./${relative}`);
  }
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
  };
}

/** The topmost folder above `relative` that has a kustomization file. */
function kustomizedParent(
  tree: FileTree,
  folder: string,
  relative: string,
): string | undefined {
  const parts = posix.dirname(relative).split('/');
  for (let depth = 1; depth <= parts.length && parts[0] !== '.'; depth++) {
    const candidate = parts.slice(0, depth).join('/');
    const path = folder === '' ? candidate : `${folder}/${candidate}`;
    if (hasKustomizationFile(tree, path)) {
      return candidate;
    }
  }
  return undefined;
}
