// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedCronJob,
  ProjectedPod,
  ProjectedReplicaSet,
  ProjectedWorkload,
  WatchCache,
} from '@fairway/plugin-delivery-node';
import {
  findPodTrouble,
  parseImage,
  rolloutOf,
  type DeployedImage,
  type DeployedWorkload,
  type PlacedWorkload,
} from '@fairway/plugin-flux-common';

type Images = Array<{ container: string; image: string }>;

/** A workload as the page shows it, and what its verdict rests on. */
export interface DescribedWorkload {
  shown: DeployedWorkload;
  /** Absent for a CronJob: it has no pods to wait for. */
  placed?: PlacedWorkload;
  /** The template that serves: during a rollout the one before, until pods of the new one are ready. */
  running: {
    images: DeployedImage[];
    templateKey?: string;
    createdAt: string;
  };
  /** Images of the newest template. */
  newest: DeployedImage[];
}

/** The digest that every ready pod runs in this container; undefined when they differ or none says it. */
function agreedDigest(
  pods: ProjectedPod[],
  container: string,
): string | undefined {
  const digests = new Set(
    pods
      .filter(({ ready, deletedAt }) => ready && !deletedAt)
      .map(
        pod => pod.containers.find(({ name }) => name === container)?.digest,
      ),
  );
  const [digest] = digests;
  return digests.size === 1 ? digest : undefined;
}

function describeImages(images: Images, pods: ProjectedPod[]): DeployedImage[] {
  return images.map(({ container, image }) => {
    const { repository, tag, digest } = parseImage(image);
    const running = agreedDigest(pods, container) ?? digest;
    return {
      container,
      repository,
      ...(tag ? { tag } : {}),
      ...(running ? { digest: running } : {}),
    };
  });
}

/** Serving are the pods of the newest template as soon as it has any that are ready and none of before are. */
function serving(
  newest: ProjectedReplicaSet,
  all: ProjectedReplicaSet[],
): ProjectedReplicaSet {
  const before = all.filter(
    ({ uid, ready }) => uid !== newest.uid && ready > 0,
  );
  const [old] = before.sort((a, b) => b.ready - a.ready);
  return old && old.ready > newest.ready ? old : newest;
}

async function describeDeployment(
  watch: WatchCache,
  deployment: ProjectedWorkload,
  now: Date,
): Promise<DescribedWorkload> {
  const { cluster, namespace, uid } = deployment;
  const replicaSets = await watch.list('ReplicaSet', {
    cluster,
    namespace,
    ownerUid: uid,
  });
  const newest = replicaSets.find(
    ({ revision }) => revision === deployment.revision,
  );
  const running = newest && serving(newest, replicaSets);
  const podsOf = async (replicaSet: ProjectedReplicaSet | undefined) =>
    replicaSet
      ? watch.list('Pod', { cluster, namespace, ownerUid: replicaSet.uid })
      : [];
  const newestPods = await podsOf(newest);
  const runningPods = running === newest ? newestPods : await podsOf(running);
  const complete = rolloutOf(deployment) === 'complete';
  const full = deployment.ready >= deployment.desired;
  const trouble =
    complete && full ? undefined : findPodTrouble(newestPods, now);
  return assemble(deployment, {
    trouble: trouble ?? replicaFailure(deployment),
    updatedReady: newest?.ready,
    newestPods,
    runningPods,
    running: {
      images: running?.images ?? deployment.images,
      templateKey: running?.templateHash,
      createdAt: running?.createdAt ?? deployment.createdAt,
    },
  });
}

/** Pods that cannot even be created show no trouble of their own: a quota, an admission policy. */
function replicaFailure({ conditions, desired }: ProjectedWorkload) {
  const failure = conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  return failure
    ? {
        reason: failure.reason ?? 'FailedCreate',
        ...(failure.message ? { message: failure.message } : {}),
        pods: desired,
      }
    : undefined;
}

function assemble(
  workload: ProjectedWorkload,
  facts: {
    trouble?: DeployedWorkload['trouble'];
    updatedReady?: number;
    newestPods: ProjectedPod[];
    runningPods: ProjectedPod[];
    running: { images: Images; templateKey?: string; createdAt: string };
  },
): DescribedWorkload {
  const { kind, name, desired, ready, updated } = workload;
  const { trouble, running } = facts;
  const newest = describeImages(workload.images, facts.newestPods);
  return {
    shown: {
      kind,
      name,
      images: newest,
      pods: { desired, ready, updated },
      ...(trouble ? { trouble } : {}),
    },
    placed: {
      kind,
      name,
      generation: workload.generation,
      observedGeneration: workload.observedGeneration,
      desired,
      ready,
      updated,
      paused: workload.paused,
      conditions: workload.conditions,
      ...(facts.updatedReady === undefined
        ? {}
        : { updatedReady: facts.updatedReady }),
      ...(trouble ? { trouble } : {}),
    },
    running: {
      ...running,
      images: describeImages(running.images, facts.runningPods),
    },
    newest,
  };
}

/** Reads a workload with its ReplicaSets and pods from the watch cache. */
export async function describeWorkload(
  watch: WatchCache,
  workload: ProjectedWorkload | ProjectedCronJob,
  now: Date,
): Promise<DescribedWorkload> {
  if (workload.kind === 'Deployment') {
    return describeDeployment(watch, workload, now);
  }
  const { cluster, namespace, uid, createdAt } = workload;
  if (workload.kind === 'CronJob') {
    const images = describeImages(workload.images, []);
    return {
      shown: {
        kind: 'CronJob',
        name: workload.name,
        images,
        pods: { desired: 0, ready: 0, updated: 0 },
      },
      running: { images, createdAt },
      newest: images,
    };
  }
  const pods = await watch.list('Pod', { cluster, namespace, ownerUid: uid });
  const trouble =
    workload.ready >= workload.desired ? undefined : findPodTrouble(pods, now);
  return assemble(workload, {
    trouble,
    newestPods: pods,
    runningPods: pods,
    running: { images: workload.images, createdAt },
  });
}
