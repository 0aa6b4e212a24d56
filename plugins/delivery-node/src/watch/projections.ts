// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/**
 * The closed set of small typed objects that the watch cache keeps, one per
 * kind. They are plain JSON, so that observers can later run as their own process.
 */

/** What all projections have. Times are ISO 8601. @public */
export interface ProjectedObject {
  cluster: string;
  /** Empty for cluster-scoped kinds. */
  namespace: string;
  name: string;
  uid: string;
  createdAt: string;
  deletedAt?: string;
  generation?: number;
  /** Only the labels that Fairway reads (backstage.io/*, kustomize.toolkit.fluxcd.io/*, helm.toolkit.fluxcd.io/*, fairway.dev/*, app.kubernetes.io/name). */
  labels: Record<string, string>;
}

/** @public */
export interface ProjectedCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  /** At most 2 KB. */
  message?: string;
  observedGeneration?: number;
  lastTransitionTime?: string;
}

/** @public */
export interface ProjectedNamespace extends ProjectedObject {
  kind: 'Namespace';
  /** Annotation `fairway.dev/owner`: an entity reference of a Group. */
  owner?: string;
  phase?: string;
}

/** @public */
export interface ProjectedGitRepository extends ProjectedObject {
  kind: 'GitRepository';
  url?: string;
  branch?: string;
  suspended: boolean;
  intervalSeconds?: number;
  /** `status.artifact.revision`. */
  revision?: string;
  artifactUpdatedAt?: string;
  observedGeneration?: number;
  conditions: ProjectedCondition[];
}

/** `status.history[]`, newest first, up to the second digest that succeeded. @public */
export interface ProjectedReconciliation {
  /** Of the rendered manifests, its first 16 digits: it is only ever compared. */
  digest: string;
  firstReconciled: string;
  lastReconciled: string;
  lastReconciledStatus: string;
  totalReconciliations: number;
  revision?: string;
}

/** @public */
export interface ProjectedKustomization extends ProjectedObject {
  kind: 'Kustomization';
  path?: string;
  sourceRef?: { kind: string; name: string; namespace: string };
  targetNamespace?: string;
  dependsOn: Array<{ name: string; namespace: string }>;
  intervalSeconds?: number;
  retryIntervalSeconds?: number;
  timeoutSeconds?: number;
  suspended: boolean;
  /** `spec.wait` or `spec.healthChecks`: without them Ready means applied, not running. */
  checksHealth: boolean;
  suspension?: { by?: string; reason?: string; until?: string };
  lastAppliedRevision?: string;
  lastAttemptedRevision?: string;
  observedGeneration?: number;
  requestedAt?: string;
  lastHandledReconcileAt?: string;
  /** Time of the controller's last status write (managedFields), the clock of the last attempt. */
  statusWrittenAt?: string;
  history: ProjectedReconciliation[];
  inventoryCount: number;
  conditions: ProjectedCondition[];
}

/** @public */
export interface ProjectedWorkload extends ProjectedObject {
  kind: 'Deployment' | 'StatefulSet';
  desired: number;
  ready: number;
  updated: number;
  available: number;
  observedGeneration?: number;
  /** Images of the pod template's containers. */
  images: Array<{ container: string; image: string }>;
  paused?: boolean;
  /** `deployment.kubernetes.io/revision`. */
  revision?: string;
  conditions: ProjectedCondition[];
}

/** @public */
export interface ProjectedReplicaSet extends ProjectedObject {
  kind: 'ReplicaSet';
  ownerUid?: string;
  revision?: string;
  desired: number;
  ready: number;
  images: Array<{ container: string; image: string }>;
  /** `pod-template-hash`. */
  templateHash?: string;
}

/** @public */
export interface ProjectedCronJob extends ProjectedObject {
  kind: 'CronJob';
  schedule: string;
  suspended: boolean;
  lastScheduleAt?: string;
  lastSuccessAt?: string;
  images: Array<{ container: string; image: string }>;
}

/** @public */
export interface ProjectedPod extends ProjectedObject {
  kind: 'Pod';
  ownerUid?: string;
  phase: string;
  ready: boolean;
  node?: string;
  containers: Array<{
    name: string;
    image: string;
    /** Repository digest that runs, `sha256:...`. */
    digest?: string;
    ready: boolean;
    restarts: number;
    waiting?: { reason: string; message?: string };
    terminated?: { reason: string; exitCode: number; at?: string };
    init: boolean;
  }>;
}

/** Kind name to projection. @public */
export interface Projections {
  Namespace: ProjectedNamespace;
  GitRepository: ProjectedGitRepository;
  Kustomization: ProjectedKustomization;
  Deployment: ProjectedWorkload;
  StatefulSet: ProjectedWorkload;
  ReplicaSet: ProjectedReplicaSet;
  CronJob: ProjectedCronJob;
  Pod: ProjectedPod;
}

/** @public */
export type ProjectedKind = keyof Projections;
