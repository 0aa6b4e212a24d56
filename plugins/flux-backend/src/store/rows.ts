// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  DeploymentChange,
  DeploymentCommit,
} from '@fairway/plugin-flux-common';
import type { Attribution, StoredDeployment } from './types';

/** A row of `deployments`. */
export interface DeploymentRow {
  id: string;
  cluster: string;
  namespace: string;
  workload_kind: string;
  workload: string;
  component: string;
  template_key: string;
  template_revision: string;
  images: string;
  /** PostgreSQL gives a big integer as text. */
  started_at: number | string;
  change: DeploymentChange;
  missed_before: number;
  kustomization: string | null;
  digest: string | null;
  commit: string | null;
}

/** A row of `attributions`. */
export interface AttributionRow {
  cluster: string;
  namespace: string;
  name: string;
  repository: string;
  path: string;
  revision: string;
  paths: string;
  images: string;
  commit: string | null;
  applied_commit: string | null;
  updated_at: number | string;
}

function readCommit(json: string | null): DeploymentCommit | undefined {
  return json ? (JSON.parse(json) as DeploymentCommit) : undefined;
}

function writeCommit(commit: DeploymentCommit | undefined): string | null {
  return commit ? JSON.stringify(commit) : null;
}

export function readDeployment(row: DeploymentRow): StoredDeployment {
  const commit = readCommit(row.commit);
  return {
    id: row.id,
    cluster: row.cluster,
    namespace: row.namespace,
    workloadKind: row.workload_kind,
    workload: row.workload,
    component: row.component,
    templateKey: row.template_key,
    templateRevision: row.template_revision,
    images: JSON.parse(row.images),
    startedAt: new Date(Number(row.started_at)).toISOString(),
    change: row.change,
    missedBefore: row.missed_before,
    ...(row.kustomization !== null ? { kustomization: row.kustomization } : {}),
    ...(row.digest !== null ? { digest: row.digest } : {}),
    ...(commit ? { commit } : {}),
  };
}

export function writeDeployment(deployment: StoredDeployment): DeploymentRow {
  return {
    id: deployment.id,
    cluster: deployment.cluster,
    namespace: deployment.namespace,
    workload_kind: deployment.workloadKind,
    workload: deployment.workload,
    component: deployment.component,
    template_key: deployment.templateKey,
    template_revision: deployment.templateRevision,
    images: JSON.stringify(deployment.images),
    started_at: Date.parse(deployment.startedAt),
    change: deployment.change,
    missed_before: deployment.missedBefore,
    kustomization: deployment.kustomization ?? null,
    digest: deployment.digest ?? null,
    commit: writeCommit(deployment.commit),
  };
}

export function readAttribution(row: AttributionRow): Attribution {
  const commit = readCommit(row.commit);
  const appliedCommit = readCommit(row.applied_commit);
  return {
    cluster: row.cluster,
    namespace: row.namespace,
    name: row.name,
    repository: row.repository,
    path: row.path,
    revision: row.revision,
    paths: JSON.parse(row.paths),
    images: JSON.parse(row.images),
    ...(commit ? { commit } : {}),
    ...(appliedCommit ? { appliedCommit } : {}),
  };
}

export function writeAttribution(attribution: Attribution): AttributionRow {
  return {
    cluster: attribution.cluster,
    namespace: attribution.namespace,
    name: attribution.name,
    repository: attribution.repository,
    path: attribution.path,
    revision: attribution.revision,
    paths: JSON.stringify(attribution.paths),
    images: JSON.stringify(attribution.images),
    commit: writeCommit(attribution.commit),
    applied_commit: writeCommit(attribution.appliedCommit),
    updated_at: Date.now(),
  };
}
