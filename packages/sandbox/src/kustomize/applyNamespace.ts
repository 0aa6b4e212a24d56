// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Resource } from './Resource';
import { isClusterScoped } from './clusterScopedKinds';

/**
 * Puts every namespaced object into `namespace`, and renames Namespace objects
 * to it: kustomize does so, which is the hazard that `spec.targetNamespace` of
 * a Flux Kustomization has for paths that hold a Namespace
 * (`kubernetes-sigs/kustomize:api/filters/namespace`).
 */
export function applyNamespace(
  resources: readonly Resource[],
  namespace: string,
): void {
  for (const resource of resources) {
    if (resource.kind === 'Namespace' && resource.group === '') {
      resource.rename(namespace);
    } else if (!isClusterScoped(resource.object)) {
      resource.move(namespace);
    }
    moveDefaultSubjects(resource, namespace);
  }
}

/** Bindings to the ServiceAccount `default` follow; others are followed by reference. */
function moveDefaultSubjects(resource: Resource, namespace: string): void {
  if (!/^(Cluster)?RoleBinding$/.test(resource.kind)) {
    return;
  }
  for (const subject of resource.object.subjects ?? []) {
    if (subject.kind === 'ServiceAccount' && subject.name === 'default') {
      subject.namespace = namespace;
    }
  }
}
