// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  DeploymentChange,
  DeploymentCommit,
} from '@fairway/plugin-flux-common';

/** One namespace of one cluster. */
export interface Place {
  cluster: string;
  namespace: string;
}

/** One object that is named like this at a place. */
export interface NamedPlace extends Place {
  name: string;
}

/** One workload, whose history is kept. */
export interface WorkloadKey extends Place {
  workloadKind: string;
  workload: string;
}

/** A change in a service's own objects, as it is kept. Times are ISO 8601. */
export interface StoredDeployment extends WorkloadKey {
  id: string;
  /** Label `backstage.io/kubernetes-id`; empty when there is none. */
  component: string;
  /** Which pod template it brought; empty when the template stayed as it was. */
  templateKey: string;
  templateRevision: string;
  images: Array<{ container: string; image: string }>;
  startedAt: string;
  change: DeploymentChange;
  /** A gap: revisions just before this one that were not seen. */
  missedBefore: number;
  /** `namespace/name` of the Kustomization that applies the workload. */
  kustomization?: string;
  /** What the Kustomization applied when it brought the change, once that is known. */
  digest?: string;
  commit?: DeploymentCommit;
}

/** What Git says about the paths of one Kustomization. */
export interface Attribution extends NamedPlace {
  /** Clone URL. */
  repository: string;
  path: string;
  /** Commit last looked at: the one that the Kustomization attempts. */
  revision: string;
  /** What it renders: its directory and the ones that this refers to. */
  paths: string[];
  /** Image name to tag, as the kustomization file at `revision` says. */
  images: Record<string, string>;
  /** Newest commit up to `revision` that touched one of the paths. */
  commit?: DeploymentCommit;
  /** The same for the revision that was applied last. */
  appliedCommit?: DeploymentCommit;
}

/** Which deployments to give: of a component, or of workloads by name. */
export interface DeploymentQuery {
  places: Place[];
  component: string;
  workloads: string[];
  limit: number;
  /** Only what comes after this one, in the order of the answer. */
  after?: { startedAt: string; id: string };
}

/** What only Fairway keeps about deployments. */
export interface DeploymentStore {
  /** Adds what is not there yet; returns whether it was new. Idempotent. */
  add(deployment: StoredDeployment): Promise<boolean>;
  /** Newest first. */
  find(query: DeploymentQuery): Promise<StoredDeployment[]>;
  /** The newest of a workload that brought a template: the one named, or any. */
  template(
    workload: WorkloadKey & { templateKey?: string },
  ): Promise<StoredDeployment | undefined>;
  /** The newest of a workload that brought a template, and how many did. */
  latest(
    workload: WorkloadKey,
  ): Promise<{ deployment?: StoredDeployment; count: number }>;
  /** The newest that a Kustomization brought, newest first. */
  ofKustomization(
    cluster: string,
    kustomization: string,
  ): Promise<StoredDeployment[]>;
  setDigest(ids: string[], digest: string): Promise<void>;
  /** Those of one Kustomization that still want a commit, newest first. */
  withoutCommit(
    cluster: string,
    kustomization: string,
  ): Promise<StoredDeployment[]>;
  /** Kustomizations with deployments that still want a commit. */
  kustomizationsWithoutCommit(): Promise<
    Array<{ cluster: string; kustomization: string }>
  >;
  setCommit(id: string, commit: DeploymentCommit): Promise<void>;
  /** Notes that a deployment did not come from Git: it wants no commit any more. */
  setByHand(id: string): Promise<void>;
  attribution(at: NamedPlace): Promise<Attribution | undefined>;
  saveAttribution(attribution: Attribution): Promise<void>;
  /** Notes that nothing of these Kustomizations was touched up to `revision`. */
  moveAttributions(at: NamedPlace[], revision: string): Promise<void>;
  /** Removes what is older than `before` (ISO 8601); returns how many deployments. */
  prune(before: string): Promise<number>;
}
