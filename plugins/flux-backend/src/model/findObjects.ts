// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import type {
  ProjectedCronJob,
  ProjectedKustomization,
  ProjectedWorkload,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import { COMPONENT_LABEL, OWNER_NAME, OWNER_NAMESPACE } from './labels';
import { mainFirst, workloadsOf } from './workloadsOf';

/** Why an object is on an entity's page. */
export type Because = 'label' | 'annotation' | 'owner';

/** An entity's own objects at one place. */
export interface FoundObjects {
  kustomization?: { object: ProjectedKustomization; because: Because };
  /** The main one first. */
  workloads: Array<ProjectedWorkload | ProjectedCronJob>;
}

const SELECTOR = 'backstage.io/kubernetes-label-selector';
/** The selector may use what the watch cache keeps of an object's labels. */
const EQUALS = /^\s*([\w./-]+)\s*==?\s*([\w.-]*)\s*$/;

/** The name under which an entity's objects are labelled in clusters. */
export function componentOf(entity: Entity): string {
  return entity.metadata.annotations?.[COMPONENT_LABEL] ?? entity.metadata.name;
}

function selectorOf(entity: Entity): Array<[string, string]> | undefined {
  const text = entity.metadata.annotations?.[SELECTOR];
  if (!text) {
    return undefined;
  }
  const terms = text.split(',').map(term => EQUALS.exec(term));
  return terms.every(term => term !== null)
    ? terms.map(term => [term![1], term![2]])
    : undefined;
}

/**
 * Finds the objects of an entity in one namespace: the Kustomization and
 * workloads that carry its label (or match its label selector); a Kustomization
 * without the label through the owner labels of the workloads; workloads without
 * it through the Kustomization that applied them.
 */
export async function findObjects(
  watch: WatchCache,
  entity: Entity,
  place: { cluster: string; namespace: string },
): Promise<FoundObjects> {
  const component = componentOf(entity);
  const selector = selectorOf(entity);
  const first = selector?.[0] ?? [COMPONENT_LABEL, component];
  const label = { key: first[0], value: first[1] };
  const { cluster, namespace } = place;
  const query = { cluster, namespace, label };
  const matches = (object: { labels: Record<string, string> }) =>
    (selector ?? []).every(([key, value]) => object.labels[key] === value);

  const [kustomizations, ...found] = await Promise.all([
    watch.list('Kustomization', {
      cluster,
      namespace,
      label: { key: COMPONENT_LABEL, value: component },
    }),
    watch.list('Deployment', query),
    watch.list('StatefulSet', query),
    watch.list('CronJob', query),
  ]);
  let workloads = found.flat().filter(matches);
  const named = kustomizations.find(({ name }) => name === component);
  const labelled = named ?? kustomizations[0];
  if (labelled) {
    if (workloads.length === 0) {
      workloads = await workloadsOf(watch, labelled, namespace);
    }
    return {
      kustomization: { object: labelled, because: 'label' },
      workloads: workloads.sort(mainFirst(component)),
    };
  }
  workloads.sort(mainFirst(component));
  for (const { labels } of workloads) {
    const owner = labels[OWNER_NAME];
    const object =
      owner &&
      (await watch.get('Kustomization', {
        cluster,
        namespace: labels[OWNER_NAMESPACE] ?? namespace,
        name: owner,
      }));
    if (object) {
      return { kustomization: { object, because: 'owner' }, workloads };
    }
  }
  return { workloads };
}
