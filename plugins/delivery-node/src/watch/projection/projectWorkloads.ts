// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedCronJob,
  ProjectedObject,
  ProjectedPod,
  ProjectedReplicaSet,
  ProjectedWorkload,
} from '../projections';
import {
  annotation,
  ownerUid,
  projectConditions,
  projectImages,
} from './projectMetadata';
import {
  compact,
  count,
  exact,
  list,
  map,
  message,
  optionalCount,
  type Raw,
  text,
} from './rawObject';
import { intern } from './share';

const REVISION = 'deployment.kubernetes.io/revision';

export function projectWorkload(
  kind: ProjectedWorkload['kind'],
  base: ProjectedObject,
  raw: Raw,
): ProjectedWorkload {
  const spec = map(raw.spec);
  const status = map(raw.status);
  return compact<ProjectedWorkload>({
    ...base,
    kind,
    desired: optionalCount(spec.replicas) ?? 1,
    ready: count(status.readyReplicas),
    updated: count(status.updatedReplicas),
    available: count(status.availableReplicas),
    observedGeneration: optionalCount(status.observedGeneration),
    images: projectImages(map(map(spec.template).spec)),
    paused: spec.paused === true ? true : undefined,
    revision: annotation(raw, REVISION),
    conditions: projectConditions(status),
  });
}

export function projectReplicaSet(
  base: ProjectedObject,
  raw: Raw,
): ProjectedReplicaSet {
  const spec = map(raw.spec);
  return compact<ProjectedReplicaSet>({
    ...base,
    kind: 'ReplicaSet',
    ownerUid: ownerUid(raw),
    revision: annotation(raw, REVISION),
    desired: optionalCount(spec.replicas) ?? 1,
    ready: count(map(raw.status).readyReplicas),
    images: projectImages(map(map(spec.template).spec)),
    templateHash: text(map(map(raw.metadata).labels)['pod-template-hash']),
  });
}

export function projectCronJob(
  base: ProjectedObject,
  raw: Raw,
): ProjectedCronJob {
  const spec = map(raw.spec);
  const status = map(raw.status);
  const job = map(map(spec.jobTemplate).spec);
  return compact<ProjectedCronJob>({
    ...base,
    kind: 'CronJob',
    schedule: text(spec.schedule) ?? '',
    suspended: spec.suspend === true,
    lastScheduleAt: text(status.lastScheduleTime),
    lastSuccessAt: text(status.lastSuccessfulTime),
    images: projectImages(map(map(job.template).spec)),
  });
}

function digestOf(imageId: unknown): string | undefined {
  return /sha256:[0-9a-f]{64}$/.exec(text(imageId) ?? '')?.[0];
}

function projectContainer(
  raw: Raw,
  init: boolean,
): ProjectedPod['containers'][number] | undefined {
  const name = text(raw.name);
  if (!name) {
    return undefined;
  }
  const waiting = map(map(raw.state).waiting);
  const ended = map(map(raw.state).terminated ?? map(raw.lastState).terminated);
  const waitingReason = text(waiting.reason);
  const endedReason = text(ended.reason);
  const digest = digestOf(raw.imageID);
  return compact({
    name: intern(name),
    image: intern(text(raw.image) ?? ''),
    digest: digest && intern(digest),
    ready: raw.ready === true,
    restarts: count(raw.restartCount),
    waiting: waitingReason
      ? compact({
          reason: intern(waitingReason),
          message: message(waiting.message),
        })
      : undefined,
    terminated: endedReason
      ? compact({
          reason: intern(endedReason),
          exitCode: count(ended.exitCode),
          at: text(ended.finishedAt),
        })
      : undefined,
    init,
  });
}

export function projectPod(base: ProjectedObject, raw: Raw): ProjectedPod {
  const status = map(raw.status);
  const containers = [
    ...list(status.initContainerStatuses).map(s => projectContainer(s, true)),
    ...list(status.containerStatuses).map(s => projectContainer(s, false)),
  ].flatMap(container => container ?? []);
  const node = text(map(raw.spec).nodeName);
  return compact<ProjectedPod>({
    ...base,
    kind: 'Pod',
    ownerUid: ownerUid(raw),
    phase: intern(text(status.phase) ?? 'Unknown'),
    ready: list(status.conditions).some(
      condition => condition.type === 'Ready' && condition.status === 'True',
    ),
    node: node && intern(node),
    containers: exact(containers),
  });
}
