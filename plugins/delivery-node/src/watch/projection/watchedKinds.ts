// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  ProjectedKind,
  ProjectedNamespace,
  ProjectedObject,
  Projections,
} from '../projections';
import { projectGitRepository, projectKustomization } from './projectFlux';
import { annotation, projectMetadata } from './projectMetadata';
import {
  projectCronJob,
  projectPod,
  projectReplicaSet,
  projectWorkload,
} from './projectWorkloads';
import { compact, map, type Raw, text } from './rawObject';
import { intern } from './share';

/** Where a kind is served and how it is made small. */
export interface WatchedKind<K extends ProjectedKind = ProjectedKind> {
  kind: K;
  group: string;
  plural: string;
  /** Versions that the projection can read, best first. */
  versions: string[];
  project(base: ProjectedObject, raw: Raw): Projections[K];
}

function projectNamespace(base: ProjectedObject, raw: Raw): ProjectedNamespace {
  const owner = annotation(raw, 'fairway.dev/owner');
  return compact<ProjectedNamespace>({
    ...base,
    kind: 'Namespace',
    owner: owner && intern(owner),
    phase: text(map(raw.status).phase),
  });
}

/** The closed set of kinds that the cache watches. */
export const WATCHED_KINDS: { [K in ProjectedKind]: WatchedKind<K> } = {
  Namespace: {
    kind: 'Namespace',
    group: '',
    plural: 'namespaces',
    versions: ['v1'],
    project: projectNamespace,
  },
  GitRepository: {
    kind: 'GitRepository',
    group: 'source.toolkit.fluxcd.io',
    plural: 'gitrepositories',
    versions: ['v1', 'v1beta2'],
    project: projectGitRepository,
  },
  Kustomization: {
    kind: 'Kustomization',
    group: 'kustomize.toolkit.fluxcd.io',
    plural: 'kustomizations',
    versions: ['v1', 'v1beta2'],
    project: projectKustomization,
  },
  Deployment: {
    kind: 'Deployment',
    group: 'apps',
    plural: 'deployments',
    versions: ['v1'],
    project: (base, raw) => projectWorkload('Deployment', base, raw),
  },
  StatefulSet: {
    kind: 'StatefulSet',
    group: 'apps',
    plural: 'statefulsets',
    versions: ['v1'],
    project: (base, raw) => projectWorkload('StatefulSet', base, raw),
  },
  ReplicaSet: {
    kind: 'ReplicaSet',
    group: 'apps',
    plural: 'replicasets',
    versions: ['v1'],
    project: projectReplicaSet,
  },
  CronJob: {
    kind: 'CronJob',
    group: 'batch',
    plural: 'cronjobs',
    versions: ['v1'],
    project: projectCronJob,
  },
  Pod: {
    kind: 'Pod',
    group: '',
    plural: 'pods',
    versions: ['v1'],
    project: projectPod,
  },
};

/**
 * Makes an object small.
 *
 * @returns undefined for what cannot be an object of a cluster
 */
export function projectObject<K extends ProjectedKind>(
  watched: WatchedKind<K>,
  cluster: string,
  raw: unknown,
): Projections[K] | undefined {
  const object = map(raw);
  const base = projectMetadata(cluster, object);
  return base && watched.project(base, object);
}
