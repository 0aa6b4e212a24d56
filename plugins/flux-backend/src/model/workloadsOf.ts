// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedCronJob,
  ProjectedKustomization,
  ProjectedWorkload,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import { OWNER_NAME, OWNER_NAMESPACE } from './labels';

type AnyWorkload = ProjectedWorkload | ProjectedCronJob;

/** Sorts the workload that carries the service's version before the others. */
export function mainFirst(component: string) {
  const rank = (workload: AnyWorkload) =>
    (workload.kind === 'CronJob' ? 4 : 0) +
    (workload.name === component ? 0 : 2) +
    (workload.kind === 'Deployment' ? 0 : 1);
  return (a: AnyWorkload, b: AnyWorkload) =>
    rank(a) - rank(b) || a.name.localeCompare(b.name);
}

/** The workloads that a Kustomization applied, in one namespace or in all. */
export async function workloadsOf(
  watch: WatchCache,
  kustomization: ProjectedKustomization,
  namespace?: string,
): Promise<AnyWorkload[]> {
  const query = {
    cluster: kustomization.cluster,
    namespace,
    label: { key: OWNER_NAME, value: kustomization.name },
  };
  const found = await Promise.all([
    watch.list('Deployment', query),
    watch.list('StatefulSet', query),
    watch.list('CronJob', query),
  ]);
  return found
    .flat()
    .filter(
      ({ labels }) => labels[OWNER_NAMESPACE] === kustomization.namespace,
    );
}
