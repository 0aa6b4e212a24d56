// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Resource } from './Resource';

/** Kinds whose names kustomize leaves alone (`kubernetes-sigs/kustomize:plugin/builtin/prefixtransformer`). */
const KEPT = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);

/** Adds namePrefix and nameSuffix. */
export function applyAffixes(
  resources: readonly Resource[],
  prefix: string,
  suffix: string,
): void {
  if (prefix === '' && suffix === '') {
    return;
  }
  for (const resource of resources) {
    if (!KEPT.has(resource.kind)) {
      resource.rename(`${prefix}${resource.name}${suffix}`);
    }
  }
}
