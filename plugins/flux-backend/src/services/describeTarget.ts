// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Entity } from '@backstage/catalog-model';
import type { BoundTarget, WatchCache } from '@fairway/plugin-delivery-node';
import {
  assessFluxResource,
  assessTarget,
  imageVersion,
  parseRevision,
  shortRevision,
  type DeployedImage,
  type DeploymentCommit,
  type FluxObjectRef,
  type FluxResource,
  type TargetDeployments,
} from '@fairway/plugin-flux-common';
import type { Attribution, StoredDeployment } from '../store/types';
import { combineSources } from './combineSources';
import { describeWorkload, type DescribedWorkload } from './describeWorkload';
import { componentOf, findObjects, type FoundObjects } from './findObjects';

/** What the store knows, for all places of an entity. */
export interface StoredFacts {
  deployments: StoredDeployment[];
  attributions: Attribution[];
}

/** The image that carries the service's version: the one named like it, else the first. */
export function mainImage<T extends { repository: string }>(
  images: T[],
  component: string,
): T | undefined {
  return (
    images.find(
      ({ repository }) => repository.split('/').at(-1) === component,
    ) ?? images[0]
  );
}

function newer(
  a: DeploymentCommit | undefined,
  b: DeploymentCommit | undefined,
): DeploymentCommit | undefined {
  if (!a || !b) {
    return a ?? b;
  }
  return Date.parse(b.date) > Date.parse(a.date) ? b : a;
}

/** The objects that a verdict about a Kustomization may have to look at. */
async function relatedOf(
  watch: WatchCache,
  { kustomization }: FoundObjects,
): Promise<(ref: FluxObjectRef) => FluxResource | undefined> {
  if (!kustomization) {
    return () => undefined;
  }
  const { cluster, sourceRef } = kustomization.object;
  const known = new Map<string, FluxResource>();
  const keyOf = ({ kind, namespace, name }: FluxObjectRef) =>
    `${kind}/${namespace}/${name}`;
  const open: FluxObjectRef[] = kustomization.object.dependsOn.map(ref => ({
    ...ref,
    kind: 'Kustomization',
  }));
  // The chain of dependencies, as far as it goes; a circle ends where it closes.
  for (let ref = open.shift(); ref; ref = open.shift()) {
    if (known.has(keyOf(ref))) {
      continue;
    }
    const object = await watch.get('Kustomization', { cluster, ...ref });
    if (object) {
      known.set(keyOf(ref), object);
      open.push(
        ...object.dependsOn.map(next => ({ ...next, kind: 'Kustomization' })),
      );
    }
  }
  if (sourceRef?.kind === 'GitRepository') {
    const source = await watch.get('GitRepository', { cluster, ...sourceRef });
    if (source) {
      known.set(keyOf(sourceRef), source);
    }
  }
  return ref => known.get(keyOf(ref));
}

function shownKustomization(
  found: NonNullable<FoundObjects['kustomization']>,
): NonNullable<TargetDeployments['kustomization']> {
  const { object, because } = found;
  const reconciledAt = object.history
    .map(({ lastReconciled }) => lastReconciled)
    .sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  return {
    name: object.name,
    namespace: object.namespace,
    ...(object.path ? { path: object.path } : {}),
    ...(object.lastAppliedRevision
      ? { appliedRevision: shortRevision(object.lastAppliedRevision) }
      : {}),
    ...(object.lastAttemptedRevision
      ? { attemptedRevision: shortRevision(object.lastAttemptedRevision) }
      : {}),
    ...(object.intervalSeconds !== undefined
      ? { intervalSeconds: object.intervalSeconds }
      : {}),
    suspended: object.suspended,
    ...(reconciledAt ? { reconciledAt } : {}),
    because,
  };
}

/** What serves, since when, and whose commit it is. */
function deployedOf(
  main: DescribedWorkload | undefined,
  place: { cluster: string; namespace: string },
  component: string,
  attribution: Attribution | undefined,
  stored: StoredFacts,
): TargetDeployments['deployed'] {
  const image = main && mainImage(main.running.images, component);
  if (!main || !image) {
    return undefined;
  }
  const record = stored.deployments.find(
    deployment =>
      deployment.cluster === place.cluster &&
      deployment.namespace === place.namespace &&
      deployment.workload === main.shown.name &&
      deployment.workloadKind === main.shown.kind &&
      (main.running.templateKey === undefined ||
        deployment.templateKey === main.running.templateKey),
  );
  const newestServes = mainImage(main.newest, component)?.tag === image.tag;
  const commit = newestServes
    ? newer(record?.commit, attribution?.appliedCommit)
    : record?.commit;
  return {
    version: imageVersion(image),
    image,
    since: record?.startedAt ?? main.running.createdAt,
    ...(commit ? { commit } : {}),
  };
}

/** The version that Git or the newest template wants, when it is not the one that serves. */
function wantedOf(
  main: DescribedWorkload | undefined,
  running: DeployedImage | undefined,
  component: string,
  gitImages: Record<string, string> | undefined,
): string | undefined {
  const newest = main && mainImage(main.newest, component);
  if (!newest || !running) {
    return undefined;
  }
  const inGit = gitImages?.[newest.repository];
  const wanted = inGit ?? imageVersion(newest);
  return wanted === imageVersion(running) ? undefined : wanted;
}

/** One target of an entity, from the watch cache and the store alone. */
export async function describeTarget(options: {
  watch: WatchCache;
  entity: Entity;
  target: BoundTarget;
  stored: StoredFacts;
  now: Date;
}): Promise<TargetDeployments> {
  const { watch, entity, target, stored, now } = options;
  const { cluster, namespace, refused } = target;
  const place = { cluster, namespace };
  if (refused) {
    return {
      ...place,
      source: refused,
      verdict: assessTarget({
        ...place,
        refused,
        source: refused,
        workloads: [],
      }),
      workloads: [],
      pods: { desired: 0, ready: 0 },
    };
  }
  const component = componentOf(entity);
  const [source, found] = await Promise.all([
    combineSources(watch, cluster),
    findObjects(watch, entity, place),
  ]);
  const [related, workloads] = await Promise.all([
    relatedOf(watch, found),
    Promise.all(found.workloads.map(w => describeWorkload(watch, w, now))),
  ]);
  const object = found.kustomization?.object;
  const attribution = stored.attributions.find(
    known =>
      known.cluster === cluster &&
      known.namespace === object?.namespace &&
      known.name === object.name,
  );
  const [main] = workloads;
  const deployed = deployedOf(main, place, component, attribution, stored);
  // What was looked up for an older revision says nothing about this one.
  const current =
    attribution !== undefined &&
    attribution.revision ===
      parseRevision(object?.lastAttemptedRevision ?? '').hash;
  const wanted = wantedOf(
    main,
    deployed?.image,
    component,
    current ? attribution.images : undefined,
  );
  const placed = workloads.flatMap(w => w.placed ?? []);
  return {
    ...place,
    source,
    verdict: assessTarget({
      ...place,
      source,
      ...(object
        ? {
            kustomization: {
              resource: object,
              assessment: assessFluxResource(object, { now, related }),
            },
          }
        : {}),
      workloads: placed,
      ...(deployed ? { version: deployed.version } : {}),
      ...(wanted ? { wanted } : {}),
    }),
    ...(found.kustomization
      ? { kustomization: shownKustomization(found.kustomization) }
      : {}),
    ...(deployed ? { deployed } : {}),
    ...(wanted ? { wanted: { version: wanted } } : {}),
    workloads: workloads.map(({ shown }) => shown),
    pods: {
      desired: placed.reduce((sum, { desired }) => sum + desired, 0),
      ready: placed.reduce((sum, { ready }) => sum + ready, 0),
    },
  };
}
