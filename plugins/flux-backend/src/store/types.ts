// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { DeploymentCommit } from '@fairway/plugin-flux-common';

/** One namespace of one cluster. */
export interface Place {
  cluster: string;
  namespace: string;
}

/** A change of a workload's pod template, as it is kept. Times are ISO 8601. */
export interface StoredDeployment extends Place {
  id: string;
  workloadKind: string;
  workload: string;
  /** Label `backstage.io/kubernetes-id`; empty when there is none. */
  component: string;
  templateKey: string;
  templateRevision: string;
  images: Array<{ container: string; image: string }>;
  startedAt: string;
  /** `namespace/name` of the Kustomization that applies the workload. */
  kustomization?: string;
  commit?: DeploymentCommit;
}

/** What Git says about the paths of one Kustomization. */
export interface Attribution extends Place {
  name: string;
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
  appliedRevision?: string;
  appliedCommit?: DeploymentCommit;
}

/** Which deployments to give: of a component, or of workloads by name. */
export interface DeploymentQuery {
  places: Place[];
  component: string;
  workloads: string[];
  limit: number;
}

/** What only Fairway keeps about deployments. */
export interface DeploymentStore {
  /** Adds what is not there yet; returns whether it was new. Idempotent. */
  add(deployment: StoredDeployment): Promise<boolean>;
  /** Newest first. */
  find(query: DeploymentQuery): Promise<StoredDeployment[]>;
  /** All records of one workload, newest first. */
  ofWorkload(
    workload: Place & { workloadKind: string; workload: string },
  ): Promise<StoredDeployment[]>;
  /** Those of one Kustomization that still want a commit, newest first. */
  withoutCommit(
    cluster: string,
    kustomization: string,
  ): Promise<StoredDeployment[]>;
  setCommit(id: string, commit: DeploymentCommit): Promise<void>;
  attribution(at: Place & { name: string }): Promise<Attribution | undefined>;
  attributions(places: Place[]): Promise<Attribution[]>;
  saveAttribution(attribution: Attribution): Promise<void>;
  /** Removes records that began before `before` (ISO 8601); returns how many. */
  prune(before: string): Promise<number>;
}
