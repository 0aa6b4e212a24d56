// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ResourceKind } from '../types';

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(kind: ResourceKind): string {
  return kind.group ? `${kind.group}/${kind.version}` : kind.version;
}

/** `deployments.apps`, or `pods` for the core group: how messages name a resource. */
export function resourceName(kind: ResourceKind): string {
  return kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
}

/** Defined by a CustomResourceDefinition: all lists are atomic, no Go type stands behind it. */
export function isCustom(kind: ResourceKind): boolean {
  return kind.group.includes('.') && !kind.group.endsWith('.k8s.io');
}
