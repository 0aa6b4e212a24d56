// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedCronJob,
  ProjectedReplicaSet,
  ProjectedWorkload,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import type { StoredDeployment } from '../store/types';
import { deploymentId, digestOf } from './deploymentId';

export type RecordedWorkload = ProjectedWorkload | ProjectedCronJob;

/** A pod template that a workload has or had. */
export type TemplateChange = Pick<
  StoredDeployment,
  | 'id'
  | 'templateKey'
  | 'templateRevision'
  | 'images'
  | 'startedAt'
  | 'change'
  | 'missedBefore'
>;

type Images = StoredDeployment['images'];

function revisionOf({ revision }: ProjectedReplicaSet): number {
  return Number(revision ?? 0);
}

function newest(times: string[]): string | undefined {
  return [...times].sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
}

function changeBetween(before: Images | undefined, after: Images) {
  const text = (images: Images) =>
    images.map(({ container, image }) => `${container}=${image}`).join();
  return before && text(before) === text(after) ? 'configuration' : 'image';
}

/**
 * The templates of a Deployment, the oldest first: one for each of its
 * ReplicaSets, which Kubernetes keeps ten of (`spec.revisionHistoryLimit`).
 *
 * @param latest - the newest that is kept already, for what lies before the oldest ReplicaSet
 * @param liveAt - the present instant when the Deployment was watched all along
 */
export function templatesOfDeployment(
  deployment: ProjectedWorkload,
  owned: ProjectedReplicaSet[],
  latest: StoredDeployment | undefined,
  liveAt: string | undefined,
): TemplateChange[] {
  const replicaSets = owned
    .filter(({ revision, templateHash }) => revision && templateHash)
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  let startedLast = Number.NEGATIVE_INFINITY;
  return replicaSets.map((replicaSet, index) => {
    const { templateHash, revision, images, createdAt } = replicaSet;
    const older = replicaSets.slice(0, index);
    const kept =
      latest && Number(latest.templateRevision) < revisionOf(replicaSet)
        ? {
            images: latest.images,
            revision: Number(latest.templateRevision),
            startedAt: Date.parse(latest.startedAt),
          }
        : undefined;
    const last = older.at(-1);
    const before = last
      ? { images: last.images, revision: revisionOf(last) }
      : kept;
    // An older object with a newer revision was rolled back to: it began
    // after all of lower revision, and at this moment when it is seen live.
    const previousAt = newest(older.map(each => each.createdAt));
    const rolledBack =
      previousAt !== undefined &&
      Date.parse(previousAt) > Date.parse(createdAt);
    // Times of the API have whole seconds: of two in one, the later stays the later.
    startedLast = Math.max(
      Date.parse(rolledBack ? liveAt ?? previousAt : createdAt),
      (kept ? Math.max(kept.startedAt, startedLast) : startedLast) + 1,
    );
    return {
      id: deploymentId(deployment, templateHash!, revision!),
      templateKey: templateHash!,
      templateRevision: revision!,
      images,
      startedAt: new Date(startedLast).toISOString(),
      change: changeBetween(before?.images, images),
      missedBefore: before
        ? Math.max(0, revisionOf(replicaSet) - before.revision - 1)
        : 0,
    };
  });
}

/**
 * The template of a workload that keeps no object for each: a change is what
 * differs from the last one kept. Undefined when nothing does.
 */
export async function templateByImages(
  watch: WatchCache,
  workload: RecordedWorkload,
  latest: { deployment?: StoredDeployment; count: number },
  now: string | undefined,
): Promise<TemplateChange | undefined> {
  const { images } = workload;
  const templateKey = digestOf(
    ...images.map(({ container, image }) => `${container}=${image}`),
  ).slice(0, 16);
  if (latest.deployment?.templateKey === templateKey) {
    return undefined;
  }
  const templateRevision = String(latest.count + 1);
  return {
    id: deploymentId(workload, templateKey, templateRevision),
    templateKey,
    templateRevision,
    images,
    startedAt: now ?? (await bornAt(watch, workload)),
    change: 'image',
    missedBefore: 0,
  };
}

/** When what runs began, of a workload that was never seen before. */
async function bornAt(
  watch: WatchCache,
  workload: RecordedWorkload,
): Promise<string> {
  if ((workload.generation ?? 1) === 1) {
    return workload.createdAt;
  }
  // It changed since it was made: its oldest pod of these images cannot be younger.
  const { cluster, namespace, uid } = workload;
  const images = new Set(workload.images.map(({ image }) => image));
  const pods = await watch.list('Pod', { cluster, namespace, ownerUid: uid });
  const [oldest] = pods
    .filter(pod => pod.containers.some(({ image }) => images.has(image)))
    .map(({ createdAt }) => createdAt)
    .sort((a, b) => Date.parse(a) - Date.parse(b));
  return oldest ?? workload.createdAt;
}
