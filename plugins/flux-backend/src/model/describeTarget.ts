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
  type TargetDeployments,
} from '@fairway/plugin-flux-common';
import type { Attribution } from '../store/types';
import { combineSources } from './combineSources';
import { describeWorkload, type DescribedWorkload } from './describeWorkload';
import { componentOf, findObjects, type FoundObjects } from './findObjects';
import { relatedObjects } from './relatedObjects';
import type { StoredFacts } from './StoredFacts';

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
async function deployedOf(
  main: DescribedWorkload | undefined,
  place: { cluster: string; namespace: string },
  component: string,
  attribution: Attribution | undefined,
  facts: StoredFacts,
): Promise<TargetDeployments['deployed']> {
  const image = main && mainImage(main.running.images, component);
  if (!main || !image) {
    return undefined;
  }
  const record = await facts.templateOf({
    ...place,
    workloadKind: main.shown.kind,
    workload: main.shown.name,
    templateKey: main.running.templateKey,
  });
  const newestServes = mainImage(main.newest, component)?.tag === image.tag;
  // What somebody put there by hand is no commit's.
  const inGit = attribution?.images[image.repository] ?? image.tag;
  const commit =
    newestServes && inGit === image.tag
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

/** A target, and the objects that it was made of. */
export interface DescribedTarget {
  target: TargetDeployments;
  found: FoundObjects;
  /** Other objects that its verdict rests on. */
  related: FluxObjectRef[];
}

/** One target of an entity, from the watch cache and the store alone. */
export async function describeTarget(options: {
  watch: WatchCache;
  entity: Entity;
  target: BoundTarget;
  facts: StoredFacts;
  now: Date;
}): Promise<DescribedTarget> {
  const { watch, entity, target, facts, now } = options;
  const { cluster, namespace, refused } = target;
  const place = { cluster, namespace };
  if (refused) {
    return {
      target: {
        ...place,
        source: refused,
        verdict: assessTarget({
          ...place,
          refused,
          source: refused,
          fluxSource: refused,
          now,
          workloads: [],
        }),
        workloads: [],
        pods: { desired: 0, ready: 0 },
      },
      found: { workloads: [] },
      related: [],
    };
  }
  const component = componentOf(entity);
  const [{ source, fluxSource }, found] = await Promise.all([
    combineSources(watch, cluster),
    findObjects(watch, entity, place),
  ]);
  const [related, workloads] = await Promise.all([
    relatedObjects(watch, found.kustomization?.object),
    Promise.all(found.workloads.map(w => describeWorkload(watch, w, now))),
  ]);
  const object = found.kustomization?.object;
  const attribution = object && (await facts.attributionOf(object));
  const [main] = workloads;
  const deployed = await deployedOf(main, place, component, attribution, facts);
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
  const verdict = assessTarget({
    ...place,
    source,
    fluxSource,
    now,
    ...(object
      ? {
          kustomization: {
            resource: object,
            assessment: assessFluxResource(object, {
              now,
              related: related.get,
            }),
          },
        }
      : {}),
    workloads: placed,
    ...(deployed ? { version: deployed.version } : {}),
    ...(wanted ? { wanted } : {}),
  });
  return {
    target: {
      ...place,
      source,
      verdict,
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
    },
    found,
    related: related.refs,
  };
}
