// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { WatchChange } from '@fairway/plugin-delivery-node';
import type { NamedPlace, WorkloadKey } from '../store/types';
import type { DescribedTarget } from './describeTarget';

const WORKLOADS = ['Deployment', 'StatefulSet', 'CronJob'];

function keyOf(...words: string[]): string {
  return words.join('/');
}

/**
 * What an entity's document was made of, to tell which changes concern it. In a
 * namespace of many services almost none does. A change that is overlooked, such
 * as a label that is put on an old object, is found when the document is made
 * anew for its age.
 */
export class DocumentScope {
  readonly #component: string;
  readonly #clusters = new Set<string>();
  readonly #places = new Set<string>();
  /** `cluster/kind/namespace/name`. */
  readonly #objects = new Set<string>();
  /** By place: what the names of ReplicaSets and pods begin with. */
  readonly #prefixes = new Map<string, string[]>();

  /** @param component - the name that its objects carry as a label */
  constructor(component: string, targets: DescribedTarget[]) {
    this.#component = component;
    for (const { target, found, related } of targets) {
      const { cluster, namespace } = target;
      const place = keyOf(cluster, namespace);
      this.#clusters.add(cluster);
      this.#places.add(place);
      const names = new Set([
        component,
        ...found.workloads.map(({ name }) => name),
      ]);
      const flux = found.kustomization?.object;
      for (const { kind, namespace: its, name } of [
        ...found.workloads,
        ...(flux ? [flux] : []),
        ...related,
        // Before the first deployment, and when it is made anew.
        { kind: 'Kustomization', namespace, name: component },
      ]) {
        this.#objects.add(keyOf(cluster, kind, its, name));
      }
      this.#prefixes.set(
        place,
        [...names].map(name => `${name}-`),
      );
    }
  }

  /** Whether the document may look different after this change of an object or source. */
  concerns({ type, cluster, kind, namespace, name }: WatchChange): boolean {
    if (type === 'status' || type === 'reset' || !kind || !name) {
      return this.#clusters.has(cluster);
    }
    if (kind === 'Namespace') {
      return this.#places.has(keyOf(cluster, name));
    }
    if (this.#objects.has(keyOf(cluster, kind, namespace ?? '', name))) {
      return true;
    }
    const place = keyOf(cluster, namespace ?? '');
    if (!this.#places.has(place)) {
      return false;
    }
    if (type === 'added' && [...WORKLOADS, 'Kustomization'].includes(kind)) {
      return true;
    }
    const isPart = kind === 'ReplicaSet' || kind === 'Pod';
    const prefixes = this.#prefixes.get(place) ?? [];
    return isPart && prefixes.some(prefix => name.startsWith(prefix));
  }

  /** Whether a deployment belongs into its history. */
  tellsOf(deployment: WorkloadKey & { component: string }): boolean {
    const { cluster, namespace, workloadKind, workload } = deployment;
    return (
      this.#places.has(keyOf(cluster, namespace)) &&
      (deployment.component === this.#component ||
        this.#objects.has(keyOf(cluster, workloadKind, namespace, workload)))
    );
  }

  /** Whether it was made of this Kustomization. */
  holdsKustomization(at: NamedPlace): boolean {
    return this.#objects.has(
      keyOf(at.cluster, 'Kustomization', at.namespace, at.name),
    );
  }
}
