// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { normalizeFluxResource } from './readFluxObject';
import type { FluxContext, FluxObjectRef, FluxResource } from './types';

/** What an object waits for in the end. */
export interface Blocker {
  ref: FluxObjectRef;
  /** The object itself, when it is known. */
  resource?: FluxResource;
}

const MAX_DEPTH = 20;

/** True when Ready says that a dependency is not there yet. */
export function waitsForDependency(resource: FluxResource): boolean {
  const ready = resource.conditions?.find(c => c.type === 'Ready');
  return ready?.status === 'False' && ready.reason === 'DependencyNotReady';
}

/** The dependency that the controller names: `dependency 'platform/infra' is not ready`. */
export function namedDependency(
  message: string | undefined,
): { namespace: string; name: string } | undefined {
  const match = /dependency '([^/']+)\/([^/']+)'/.exec(message ?? '');
  return match ? { namespace: match[1], name: match[2] } : undefined;
}

/**
 * Follows DependencyNotReady from object to object as long as the next one
 * waits as well, and gives the last: the one that holds all the others up. A
 * circle ends where it closes.
 */
export function findBlocker(
  resource: FluxResource,
  context: FluxContext,
): Blocker | undefined {
  const seen = new Set([`${resource.namespace}/${resource.name}`]);
  let current = resource;
  let found: Blocker | undefined;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const ready = current.conditions?.find(c => c.type === 'Ready');
    const dependency =
      namedDependency(ready?.message) ?? current.dependsOn?.[0];
    if (!dependency) {
      return found;
    }
    const ref = { kind: current.kind, ...dependency };
    const key = `${ref.namespace}/${ref.name}`;
    if (seen.has(key)) {
      return found;
    }
    seen.add(key);
    const raw = context.related(ref);
    const related = raw ? normalizeFluxResource(raw) : undefined;
    found = { ref, resource: related };
    if (!related || !waitsForDependency(related)) {
      return found;
    }
    current = related;
  }
  return found;
}
