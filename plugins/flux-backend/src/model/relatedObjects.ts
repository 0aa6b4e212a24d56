// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedKustomization,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import type { FluxObjectRef, FluxResource } from '@fairway/plugin-flux-common';

/** A chain of dependencies that is longer is cut: no page could tell it. */
const MOST_RELATED = 50;

/** Other objects of the same cluster that a verdict about a Kustomization rests on. */
export interface RelatedObjects {
  /** All that were looked for, also those that are not there. */
  refs: FluxObjectRef[];
  get(ref: FluxObjectRef): FluxResource | undefined;
}

function keyOf({ kind, namespace, name }: FluxObjectRef): string {
  return `${kind}/${namespace}/${name}`;
}

function dependenciesOf({
  dependsOn,
}: Pick<ProjectedKustomization, 'dependsOn'>): FluxObjectRef[] {
  return dependsOn.map(ref => ({ ...ref, kind: 'Kustomization' }));
}

/** The chain of its dependencies, as far as it goes, and its source. A circle ends where it closes. */
export async function relatedObjects(
  watch: WatchCache,
  kustomization: ProjectedKustomization | undefined,
): Promise<RelatedObjects> {
  const known = new Map<string, FluxResource | undefined>();
  const refs: FluxObjectRef[] = [];
  const open = kustomization ? dependenciesOf(kustomization) : [];
  const cluster = kustomization?.cluster ?? '';
  for (
    let ref = open.shift();
    ref && refs.length < MOST_RELATED;
    ref = open.shift()
  ) {
    if (!known.has(keyOf(ref))) {
      const object = await watch.get('Kustomization', { cluster, ...ref });
      known.set(keyOf(ref), object);
      refs.push(ref);
      open.push(...(object ? dependenciesOf(object) : []));
    }
  }
  const source = kustomization?.sourceRef;
  if (source?.kind === 'GitRepository') {
    const object = await watch.get('GitRepository', { cluster, ...source });
    known.set(keyOf(source), object);
    refs.push(source);
  }
  return { refs, get: ref => known.get(keyOf(ref)) };
}
