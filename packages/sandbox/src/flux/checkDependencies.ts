// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { hasStatus } from './conditions';

interface DependencyRef {
  name: string;
  namespace?: string;
  readyExpr?: string;
}

/**
 * Why a Kustomization must wait for others, in the four steps of
 * kustomize-controller: the dependency exists, its own `readyExpr`, it is ready
 * at its present generation, and it has applied the same revision when it has
 * the same source (`fluxcd/kustomize-controller:internal/controller/kustomization_controller.go`).
 *
 * The sandbox evaluates no CEL: a `readyExpr` is answered by the built-in check.
 *
 * @returns the message of the first dependency that is not met
 */
export function checkDependencies(
  store: ClusterStore,
  object: KubeObject,
  revision: string,
): string | undefined {
  for (const ref of (object.spec.dependsOn ?? []) as DependencyRef[]) {
    const namespace = ref.namespace ?? object.metadata.namespace!;
    const name = `${namespace}/${ref.name}`;
    const dependency = store.get({
      apiVersion: object.apiVersion,
      kind: object.kind,
      namespace,
      name: ref.name,
    });
    if (!dependency) {
      return `dependency '${name}' not found: kustomizations.kustomize.toolkit.fluxcd.io "${ref.name}" not found`;
    }
    const current =
      dependency.status?.observedGeneration === dependency.metadata.generation;
    if (!current || !hasStatus(dependency, 'Ready', 'True')) {
      return `dependency '${name}' is not ready`;
    }
    if (
      sourceOf(dependency) === sourceOf(object) &&
      dependency.status?.lastAppliedRevision !== revision
    ) {
      return `dependency '${name}' revision is not up to date`;
    }
  }
  return undefined;
}

/** Identity of the source of a Kustomization. */
export function sourceOf(object: KubeObject): string {
  const { kind, name, namespace } = object.spec.sourceRef ?? {};
  return `${kind}/${namespace ?? object.metadata.namespace}/${name}`;
}
