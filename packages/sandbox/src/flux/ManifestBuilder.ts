// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createHash, randomInt } from 'node:crypto';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import {
  FileTree,
  KustomizeError,
  type TreeReads,
  generateKustomization,
  renderKustomization,
} from '../kustomize';
import { substituteVariables } from './substituteVariables';

const GROUP = 'kustomize.toolkit.fluxcd.io';

/** The path of a Kustomization that its source does not have. */
export class PathNotFoundError extends Error {}

/** Manifests that could not be built. */
export class BuildError extends Error {}

export interface Build {
  /** With owner labels and common metadata; the same array as before when nothing changed. */
  objects: readonly KubeObject[];
  /** Of the built manifests, before owner labels: the key of `status.history`. */
  digest: string;
}

interface CachedBuild extends Build {
  inputs: string;
  reads: TreeReads;
}

/**
 * Builds the path of a Kustomization as kustomize-controller does: generate,
 * kustomize build, variable substitution. A build is used again as long as
 * neither the Kustomization nor any file that it read has changed, however
 * many commits lie between.
 */
export class ManifestBuilder {
  readonly #store: ClusterStore;
  readonly #trees = new WeakMap<ReadonlyMap<string, string>, FileTree>();
  readonly #builds = new Map<string, CachedBuild>();

  private constructor(store: ClusterStore) {
    this.#store = store;
  }

  static create(store: ClusterStore): ManifestBuilder {
    return new ManifestBuilder(store);
  }

  /**
   * The folder of the tree that `spec.path` means.
   *
   * @throws PathNotFoundError worded as the controller words it
   */
  checkPath(files: ReadonlyMap<string, string>, object: KubeObject): void {
    const folder = folderOf(object);
    if (!this.#treeOf(files).isFolder(folder)) {
      throw new PathNotFoundError(
        `kustomization path not found: stat ${temporaryFolder()}/${folder}: no such file or directory`,
      );
    }
  }

  /** @throws BuildError worded as the controller words it */
  build(files: ReadonlyMap<string, string>, object: KubeObject): Build {
    const key = `${object.metadata.namespace}/${object.metadata.name}`;
    const variables = this.#variables(object);
    const inputs = JSON.stringify([object.spec, [...variables]]);
    const whole = this.#treeOf(files);
    const cached = this.#builds.get(key);
    if (cached?.inputs === inputs && whole.agreesWith(cached.reads)) {
      return cached;
    }
    const { tree, reads } = whole.recording(temporaryFolder());
    const rendered = render(tree, object);
    const substituted = rendered.map(resource =>
      substitute(resource, variables),
    );
    const build: CachedBuild = {
      inputs,
      reads,
      digest: `sha256:${createHash('sha256')
        .update(JSON.stringify(substituted))
        .digest('hex')}`,
      objects: substituted.map(resource => decorated(resource, object)),
    };
    this.#builds.set(key, build);
    return build;
  }

  forget(key: string): void {
    this.#builds.delete(key);
  }

  #treeOf(files: ReadonlyMap<string, string>): FileTree {
    let tree = this.#trees.get(files);
    if (!tree) {
      tree = FileTree.of(files, '/tmp');
      this.#trees.set(files, tree);
    }
    return tree;
  }

  /** `substituteFrom` in order, then `substitute`, which wins. */
  #variables(object: KubeObject): Map<string, string> {
    const variables = new Map<string, string>();
    const postBuild = object.spec.postBuild;
    for (const from of postBuild?.substituteFrom ?? []) {
      const source = this.#store.get({
        apiVersion: 'v1',
        kind: from.kind,
        name: from.name,
        namespace: object.metadata.namespace,
      });
      if (!source) {
        if (from.optional) {
          continue;
        }
        throw new BuildError(
          `post build failed for '${object.metadata.name}': substitute from '${
            from.kind
          }/${from.name}' error: ${from.kind.toLowerCase()}s "${
            from.name
          }" not found`,
        );
      }
      for (const [name, value] of Object.entries(
        (source.data ?? {}) as Record<string, string>,
      )) {
        const text =
          from.kind === 'Secret'
            ? Buffer.from(value, 'base64').toString('utf8')
            : value;
        variables.set(name, text.replace(/\n/g, ''));
      }
    }
    for (const [name, value] of Object.entries(
      (postBuild?.substitute ?? {}) as Record<string, string>,
    )) {
      variables.set(name, value.replace(/\n/g, ''));
    }
    return variables;
  }
}

function render(tree: FileTree, object: KubeObject): KubeObject[] {
  const folder = folderOf(object);
  const { spec } = object;
  try {
    const file = generateKustomization(tree, folder, {
      targetNamespace: spec.targetNamespace,
      namePrefix: spec.namePrefix,
      nameSuffix: spec.nameSuffix,
      patches: spec.patches,
      images: spec.images,
      components: spec.components,
      ignoreMissingComponents: spec.ignoreMissingComponents,
    });
    return renderKustomization(tree, folder, file);
  } catch (error) {
    if (error instanceof KustomizeError) {
      throw new BuildError(`kustomize build failed: ${error.message}`);
    }
    throw error;
  }
}

function substitute(
  resource: KubeObject,
  variables: ReadonlyMap<string, string>,
): KubeObject {
  try {
    return substituteVariables(resource, variables);
  } catch (error) {
    throw new BuildError(
      `post build failed for '${resource.kind}/${resource.metadata.name}': ${
        (error as Error).message
      }`,
    );
  }
}

/** Owner labels, common metadata, and Secrets in the form that the API server keeps. */
function decorated(resource: KubeObject, owner: KubeObject): KubeObject {
  const { metadata, stringData, ...rest } = resource;
  const common = owner.spec.commonMetadata ?? {};
  const annotations = { ...metadata.annotations, ...common.annotations };
  const encoded = Object.entries((stringData ?? {}) as Record<string, string>);
  return {
    ...rest,
    ...(encoded.length > 0
      ? {
          data: {
            ...rest.data,
            ...Object.fromEntries(
              encoded.map(([key, value]) => [
                key,
                Buffer.from(value).toString('base64'),
              ]),
            ),
          },
        }
      : {}),
    metadata: {
      ...metadata,
      labels: {
        ...metadata.labels,
        ...common.labels,
        [`${GROUP}/name`]: owner.metadata.name,
        [`${GROUP}/namespace`]: owner.metadata.namespace!,
      },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
  } as KubeObject;
}

/** `spec.path` cannot leave the source: going up stops at its root. */
function folderOf(object: KubeObject): string {
  const parts: string[] = [];
  for (const part of String(object.spec.path ?? '').split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

/** The controller works in a new folder each time, and its messages show it. */
function temporaryFolder(): string {
  return `/tmp/kustomization-${randomInt(100_000_000, 4_000_000_000)}`;
}
