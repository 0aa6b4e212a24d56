// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Json } from '../store/fieldSets';
import type { KubeObject } from '../types';

type Column = [
  name: string,
  type: string,
  cell: (object: KubeObject, now: Date) => Json,
];

const NAME: Column = ['Name', 'string', ({ metadata }) => metadata.name];
const AGE: Column = [
  'Age',
  'string',
  ({ metadata }, now) => age(metadata.creationTimestamp, now),
];

function condition(object: KubeObject, type: string): Json {
  return (object.status?.conditions ?? []).find(
    (one: Json) => one.type === type,
  );
}

const READY: Column[] = [
  ['Ready', 'string', object => condition(object, 'Ready')?.status ?? ''],
  ['Status', 'string', object => condition(object, 'Ready')?.message ?? ''],
];

const COLUMNS: Record<string, Column[]> = {
  Pod: [
    NAME,
    ['Ready', 'string', podReady],
    ['Status', 'string', podReason],
    ['Restarts', 'string', pod => restarts(pod)],
    AGE,
  ],
  Deployment: [
    NAME,
    [
      'Ready',
      'string',
      ({ spec, status }) =>
        `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    ],
    ['Up-to-date', 'integer', ({ status }) => status?.updatedReplicas ?? 0],
    ['Available', 'integer', ({ status }) => status?.availableReplicas ?? 0],
    AGE,
  ],
  ReplicaSet: [
    NAME,
    ['Desired', 'integer', ({ spec }) => spec.replicas ?? 0],
    ['Current', 'integer', ({ status }) => status?.replicas ?? 0],
    ['Ready', 'integer', ({ status }) => status?.readyReplicas ?? 0],
    AGE,
  ],
  Namespace: [
    NAME,
    ['Status', 'string', ({ status }) => status?.phase ?? ''],
    AGE,
  ],
  Node: [
    NAME,
    [
      'Status',
      'string',
      node =>
        condition(node, 'Ready')?.status === 'True' ? 'Ready' : 'NotReady',
    ],
    [
      'Version',
      'string',
      ({ status }) => status?.nodeInfo?.kubeletVersion ?? '',
    ],
    AGE,
  ],
  Event: [
    [
      'Last Seen',
      'string',
      (event, now) => age(event.lastTimestamp ?? event.eventTime, now),
    ],
    ['Type', 'string', ({ type }) => type],
    ['Reason', 'string', ({ reason }) => reason],
    [
      'Object',
      'string',
      ({ involvedObject }) =>
        `${String(involvedObject?.kind).toLowerCase()}/${involvedObject?.name}`,
    ],
    ['Message', 'string', ({ message }) => message],
  ],
  Kustomization: [NAME, AGE, ...READY],
  HelmRelease: [NAME, AGE, ...READY],
  GitRepository: [
    NAME,
    ['URL', 'string', ({ spec }) => spec.url],
    AGE,
    ...READY,
  ],
};

/** The Table form that `kubectl get` prints. */
export function asTable(
  kindName: string,
  objects: KubeObject[],
  metadata: Record<string, unknown>,
  now: Date,
): Record<string, unknown> {
  const columns = COLUMNS[kindName] ?? [NAME, AGE];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(([name, type]) => ({
      name,
      type,
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: 0,
    })),
    rows: objects.map(object => ({
      cells: columns.map(([, , cell]) => cell(object, now)),
      object: {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: object.metadata,
      },
    })),
  };
}

/** `45s`, `12m`, `3h`, `9d`. */
function age(since: string | undefined, now: Date): string {
  if (!since) {
    return '<unknown>';
  }
  const seconds = Math.max(
    0,
    Math.floor((now.getTime() - Date.parse(since)) / 1000),
  );
  if (seconds < 120) {
    return `${seconds}s`;
  }
  if (seconds < 7200) {
    return `${Math.floor(seconds / 60)}m`;
  }
  return seconds < 172_800
    ? `${Math.floor(seconds / 3600)}h`
    : `${Math.floor(seconds / 86_400)}d`;
}

function containers(pod: KubeObject): Json[] {
  return pod.status?.containerStatuses ?? [];
}

function podReady(pod: KubeObject): string {
  return `${containers(pod).filter(({ ready }) => ready).length}/${
    pod.spec.containers.length
  }`;
}

function restarts(pod: KubeObject): number {
  return containers(pod).reduce(
    (sum, { restartCount }) => sum + (restartCount ?? 0),
    0,
  );
}

function podReason(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) {
    return 'Terminating';
  }
  const stuck = containers(pod).find(({ state }) => state.waiting?.reason);
  return stuck?.state.waiting.reason ?? pod.status?.phase ?? 'Unknown';
}
