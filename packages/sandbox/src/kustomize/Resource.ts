// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import { isClusterScoped } from './clusterScopedKinds';

interface PastId {
  name: string;
  namespace: string;
}

/**
 * One object on its way through a build, with the names that it had on the
 * way: references in other objects may use any of them.
 */
export class Resource {
  object: KubeObject;
  /** Gets a content hash behind its name at the end of the build. */
  needsHash: boolean;
  readonly #past: PastId[];

  private constructor(object: KubeObject, needsHash: boolean, past: PastId[]) {
    this.object = object;
    this.needsHash = needsHash;
    this.#past = past;
  }

  static create(object: KubeObject, needsHash = false): Resource {
    return new Resource(object, needsHash, [idOf(object)]);
  }

  get kind(): string {
    return this.object.kind;
  }

  get group(): string {
    return groupOf(this.object.apiVersion);
  }

  get name(): string {
    return this.object.metadata.name;
  }

  get namespace(): string {
    return this.object.metadata.namespace ?? '';
  }

  /** The first name that the object had, in its file. */
  get originalName(): string {
    return this.#past[0].name;
  }

  get originalNamespace(): string {
    return this.#past[0].namespace;
  }

  rename(name: string): void {
    this.object.metadata.name = name;
    this.#remember();
  }

  move(namespace: string): void {
    this.object.metadata.namespace = namespace;
    this.#remember();
  }

  /** Whether the object is, or ever was, called `name` in one of `namespaces`. */
  wasCalled(name: string, namespaces: ReadonlySet<string>): boolean {
    return this.#past.some(
      id =>
        id.name === name &&
        (isClusterScoped(this.object) || namespaces.has(id.namespace)),
    );
  }

  /** Every namespace the object is or was in. */
  namespaces(): ReadonlySet<string> {
    return new Set(this.#past.map(id => id.namespace));
  }

  /** `Deployment.v1.apps/orders.[noNs]`, as kustomize writes an id. */
  id(): string {
    return resourceId(this.object);
  }

  #remember(): void {
    this.#past.push(idOf(this.object));
  }
}

function idOf(object: KubeObject): PastId {
  return {
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
  };
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** The id of an object as kustomize writes it in messages (`kubernetes-sigs/kustomize:kyaml/resid/resid.go`). */
export function resourceId(object: KubeObject): string {
  const group = groupOf(object.apiVersion) || '[noGrp]';
  const namespace = object.metadata.namespace || '[noNs]';
  const scope = isClusterScoped(object) ? '[noNs]' : namespace;
  return `${object.kind}.${versionOf(object.apiVersion)}.${group}/${
    object.metadata.name
  }.${scope}`;
}
