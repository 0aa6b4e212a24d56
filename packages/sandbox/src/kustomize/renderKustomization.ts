// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { posix } from 'node:path';
import type { KubeObject } from '../kubernetes/types';
import { FileTree } from './FileTree';
import {
  type KustomizationFile,
  findKustomizationFile,
  readKustomizationFile,
} from './KustomizationFile';
import { KustomizeError } from './KustomizeError';
import { Resource } from './Resource';
import { applyAffixes } from './applyAffixes';
import { applyImages } from './applyImages';
import { applyAnnotations, applyLabels } from './applyLabels';
import { applyNamespace } from './applyNamespace';
import { type PatchField, type PatchTarget, applyPatch } from './applyPatches';
import { applyReplicas } from './applyReplicas';
import { contentHash } from './contentHash';
import { generateResource } from './generateResources';
import { loadManifests } from './loadManifests';
import { updateReferences } from './updateReferences';

/**
 * Builds the folder `root` of a tree as `kustomize build` does.
 *
 * @param rootFile - what to take for the root's kustomization file instead of what stands in the tree
 * @returns the objects in kustomize's own order (the order of accumulation)
 * @throws KustomizeError worded as kustomize words it
 */
export function renderKustomization(
  tree: FileTree,
  root: string,
  rootFile?: KustomizationFile,
): KubeObject[] {
  const resources = accumulate(
    tree,
    root,
    rootFile ?? readKustomizationFile(tree, root),
    [],
    [root],
  );
  for (const resource of resources) {
    if (resource.needsHash) {
      resource.rename(`${resource.name}-${contentHash(resource.object)}`);
    }
  }
  updateReferences(resources);
  return resources.map(resource => resource.object);
}

function accumulate(
  tree: FileTree,
  folder: string,
  file: KustomizationFile,
  inherited: Resource[],
  visited: readonly string[],
): Resource[] {
  if (isEmpty(file)) {
    throw new KustomizeError('kustomization.yaml is empty');
  }
  const resources = inherited;
  for (const entry of [...(file.bases ?? []), ...(file.resources ?? [])]) {
    for (const resource of loadEntry(tree, folder, entry, visited)) {
      register(resources, resource);
    }
  }
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const fields =
      kind === 'ConfigMap' ? file.configMapGenerator : file.secretGenerator;
    for (const field of fields ?? []) {
      generateResource(
        resources,
        kind,
        field,
        file.generatorOptions ?? {},
        tree,
        folder,
      );
    }
  }
  for (const entry of file.components ?? []) {
    loadComponent(tree, folder, entry, resources, visited);
  }
  transform(tree, folder, file, resources);
  updateReferences(resources);
  return resources;
}

/** The built-in transformers, in the order of `kubernetes-sigs/kustomize:api/internal/target/kusttarget_configplugin.go`. */
function transform(
  tree: FileTree,
  folder: string,
  file: KustomizationFile,
  resources: Resource[],
): void {
  for (const entry of file.patchesStrategicMerge ?? []) {
    applyPatch(resources, mergePatchField(tree, folder, entry));
  }
  for (const field of file.patches ?? []) {
    applyPatch(resources, patchField(tree, folder, field));
  }
  if (file.namespace) {
    applyNamespace(resources, file.namespace);
    refuseConflicts(resources);
  }
  applyAffixes(resources, file.namePrefix ?? '', file.nameSuffix ?? '');
  applyLabels(resources, [
    ...(file.commonLabels
      ? [
          {
            pairs: file.commonLabels,
            includeSelectors: true,
            includeTemplates: true,
          },
        ]
      : []),
    ...(file.labels ?? []),
  ]);
  applyAnnotations(resources, file.commonAnnotations ?? {});
  for (const field of file.patchesJson6902 ?? []) {
    applyPatch(resources, patchField(tree, folder, field));
  }
  applyReplicas(resources, file.replicas ?? []);
  applyImages(resources, file.images ?? []);
}

function isEmpty(file: KustomizationFile): boolean {
  return Object.entries(file).every(
    ([field, value]) =>
      ['apiVersion', 'kind', 'metadata'].includes(field) ||
      value === null ||
      value === undefined ||
      value === '' ||
      (Array.isArray(value) && value.length === 0),
  );
}

function loadEntry(
  tree: FileTree,
  folder: string,
  entry: string,
  visited: readonly string[],
): Resource[] {
  const path = FileTree.resolve(folder, entry);
  const shown = tree.describe(posix.join(folder, entry));
  const prefix = `accumulating resources: accumulation err='accumulating resources from '${entry}': `;
  if (isRemote(entry)) {
    throw new KustomizeError(
      `${prefix}read ${shown}: no such file or directory': ${entry}: remote bases are not allowed (--no-remote-bases)`,
    );
  }
  if (path === undefined) {
    const problem = `path '${shown}' is not in or below '${tree.place}'`;
    throw new KustomizeError(
      `${prefix}fs-security-constraint read ${shown}: ${problem}': must build at directory: not a valid directory: fs-security-constraint abs ${shown}: ${problem}`,
    );
  }
  const content = tree.read(path);
  if (content !== undefined) {
    try {
      return loadManifests(content, entry).map(object =>
        Resource.create(object),
      );
    } catch (error) {
      if (error instanceof KustomizeError) {
        throw new KustomizeError(
          `${prefix}${
            error.message
          }': must build at directory: '${tree.describe(
            path,
          )}': file is not directory`,
        );
      }
      throw error;
    }
  }
  if (!tree.isFolder(path)) {
    throw new KustomizeError(
      `${prefix}open ${shown}: no such file or directory': must build at directory: not a valid directory: evalsymlink failure on '${shown}' : lstat ${shown}: no such file or directory`,
    );
  }
  try {
    refuseCycle(tree, path, visited);
    const file = readKustomizationFile(tree, path);
    if (file.kind === 'Component') {
      throw new KustomizeError(
        `expected kind != 'Component' for path '${tree.describe(path)}'`,
      );
    }
    return accumulate(tree, path, file, [], [...visited, path]);
  } catch (error) {
    if (error instanceof KustomizeError) {
      throw new KustomizeError(
        `${prefix}read ${tree.describe(
          path,
        )}: is a directory': recursed accumulation of path '${tree.describe(
          path,
        )}': ${error.message}`,
      );
    }
    throw error;
  }
}

function loadComponent(
  tree: FileTree,
  folder: string,
  entry: string,
  resources: Resource[],
  visited: readonly string[],
): void {
  const path = FileTree.resolve(folder, entry);
  const shown = tree.describe(posix.join(folder, entry));
  if (path === undefined || !tree.isFolder(path)) {
    throw new KustomizeError(
      `accumulating components: accumulateDirectory: "couldn't make target for path '${shown}': not a valid directory: evalsymlink failure on '${shown}' : lstat ${shown}: no such file or directory"`,
    );
  }
  refuseCycle(tree, path, visited);
  const file = readKustomizationFile(tree, path);
  if (file.kind !== 'Component') {
    throw new KustomizeError(
      `accumulating components: accumulateDirectory: "expected kind 'Component' for path '${shown}' but got '${
        file.kind ?? 'Kustomization'
      }'"`,
    );
  }
  accumulate(tree, path, file, resources, [...visited, path]);
}

function refuseCycle(
  tree: FileTree,
  path: string,
  visited: readonly string[],
): void {
  const seen = visited.find(
    other => other === path || other.startsWith(path === '' ? '' : `${path}/`),
  );
  if (seen !== undefined) {
    throw new KustomizeError(
      `cycle detected: candidate root '${tree.describe(
        path,
      )}' contains visited root '${tree.describe(seen)}'`,
    );
  }
}

function isRemote(entry: string): boolean {
  return (
    /^[a-z+]+:\/\//i.test(entry) ||
    /^[\w.-]+@[\w.-]+:/.test(entry) ||
    /^(github\.com|gitlab\.com|bitbucket\.org)[/:]/.test(entry) ||
    /\?(ref|version|timeout|submodules)=/.test(entry)
  );
}

function register(resources: Resource[], resource: Resource): void {
  const id = resource.id();
  if (resources.some(other => sameObject(other, resource))) {
    throw new KustomizeError(
      `accumulating resources: may not add resource with an already registered id: ${id}`,
    );
  }
  resources.push(resource);
}

function sameObject(a: Resource, b: Resource): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.group === b.group &&
    (a.namespace || 'default') === (b.namespace || 'default')
  );
}

function refuseConflicts(resources: readonly Resource[]): void {
  const seen = new Set<string>();
  for (const resource of resources) {
    const id = resource.id();
    if (seen.has(id)) {
      throw new KustomizeError(
        `namespace transformation produces ID conflict: [${id}]`,
      );
    }
    seen.add(id);
  }
}

function mergePatchField(
  tree: FileTree,
  folder: string,
  entry: string,
): PatchField {
  const path = FileTree.resolve(folder, entry);
  const content = path === undefined ? undefined : tree.read(path);
  return content === undefined
    ? { patch: entry, where: `[patch: "${entry.trim()}"]` }
    : { patch: content, where: `[path: "${entry}"]` };
}

function patchField(
  tree: FileTree,
  folder: string,
  field: {
    path?: string;
    patch?: string;
    target?: PatchTarget;
    options?: PatchField['options'];
  },
): PatchField {
  if (field.patch && field.path) {
    throw new KustomizeError(
      "trouble configuring builtin PatchTransformer with config: patch and path can't be set at the same time",
    );
  }
  if (!field.path) {
    if (!field.patch) {
      throw new KustomizeError(
        'must specify one of patch and path in PatchTransformer',
      );
    }
    return {
      patch: field.patch,
      target: field.target,
      options: field.options,
      where: `[patch: ${JSON.stringify(field.patch.trim())}]`,
    };
  }
  const path = FileTree.resolve(folder, field.path);
  const content = path === undefined ? undefined : tree.read(path);
  if (content === undefined) {
    const shown = tree.describe(posix.join(folder, field.path));
    throw new KustomizeError(
      `trouble configuring builtin PatchTransformer with config: failed to get the patch file from path(${field.path}): evalsymlink failure on '${shown}' : lstat ${shown}: no such file or directory`,
    );
  }
  return {
    patch: content,
    target: field.target,
    options: field.options,
    where: `[path: "${field.path}"]`,
  };
}

/** Whether a folder has a kustomization file of its own. */
export function hasKustomizationFile(tree: FileTree, folder: string): boolean {
  return findKustomizationFile(tree, folder) !== undefined;
}
