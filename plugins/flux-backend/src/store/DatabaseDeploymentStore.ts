// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { DeploymentCommit } from '@fairway/plugin-flux-common';
import type { Knex } from 'knex';
import type {
  Attribution,
  DeploymentQuery,
  DeploymentStore,
  Place,
  StoredDeployment,
} from './types';

interface DeploymentRow {
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
  kustomization: string | null;
  commit: string | null;
}

interface AttributionRow {
  cluster: string;
  namespace: string;
  name: string;
  repository: string;
  path: string;
  revision: string;
  paths: string;
  images: string;
  commit: string | null;
  applied_revision: string | null;
  applied_commit: string | null;
}

function commitOf(json: string | null): DeploymentCommit | undefined {
  return json ? (JSON.parse(json) as DeploymentCommit) : undefined;
}

function readDeployment(row: DeploymentRow): StoredDeployment {
  const commit = commitOf(row.commit);
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
    ...(row.kustomization !== null ? { kustomization: row.kustomization } : {}),
    ...(commit ? { commit } : {}),
  };
}

function readAttribution(row: AttributionRow): Attribution {
  const commit = commitOf(row.commit);
  const appliedCommit = commitOf(row.applied_commit);
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
    ...(row.applied_revision ? { appliedRevision: row.applied_revision } : {}),
    ...(appliedCommit ? { appliedCommit } : {}),
  };
}

/** Deployments and attributions in the plugin's database. */
export class DatabaseDeploymentStore implements DeploymentStore {
  readonly #db: Knex;

  private constructor(db: Knex) {
    this.#db = db;
  }

  static async create(
    database: DatabaseService,
  ): Promise<DatabaseDeploymentStore> {
    const db = await database.getClient();
    if (!database.migrations?.skip) {
      await db.migrate.latest({
        directory: resolvePackagePath(
          '@fairway/plugin-flux-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseDeploymentStore(db);
  }

  async add(deployment: StoredDeployment): Promise<boolean> {
    const row: DeploymentRow = {
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
      kustomization: deployment.kustomization ?? null,
      commit: deployment.commit ? JSON.stringify(deployment.commit) : null,
    };
    // Two replicas see the same change: the first one's row stays.
    const added = await this.#db<DeploymentRow>('deployments')
      .insert(row)
      .onConflict('id')
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  async find(query: DeploymentQuery): Promise<StoredDeployment[]> {
    if (query.places.length === 0) {
      return [];
    }
    const rows = await this.#db<DeploymentRow>('deployments')
      .where(builder => this.#atPlaces(builder, query.places))
      .andWhere(builder => {
        builder.where('component', query.component);
        if (query.workloads.length > 0) {
          builder.orWhereIn('workload', query.workloads);
        }
      })
      .orderBy([
        { column: 'started_at', order: 'desc' },
        { column: 'id', order: 'asc' },
      ])
      .limit(query.limit);
    return rows.map(readDeployment);
  }

  async ofWorkload(
    workload: Place & { workloadKind: string; workload: string },
  ): Promise<StoredDeployment[]> {
    const rows = await this.#db<DeploymentRow>('deployments')
      .where({
        cluster: workload.cluster,
        namespace: workload.namespace,
        workload_kind: workload.workloadKind,
        workload: workload.workload,
      })
      .orderBy('started_at', 'desc');
    return rows.map(readDeployment);
  }

  async withoutCommit(
    cluster: string,
    kustomization: string,
  ): Promise<StoredDeployment[]> {
    const rows = await this.#db<DeploymentRow>('deployments')
      .whereNull('commit')
      .andWhere({ cluster, kustomization })
      .orderBy('started_at', 'desc');
    return rows.map(readDeployment);
  }

  async setCommit(id: string, commit: DeploymentCommit): Promise<void> {
    await this.#db<DeploymentRow>('deployments')
      .where({ id })
      .update({ commit: JSON.stringify(commit) });
  }

  async attribution(
    at: Place & { name: string },
  ): Promise<Attribution | undefined> {
    const row = await this.#db<AttributionRow>('attributions')
      .where({ cluster: at.cluster, namespace: at.namespace, name: at.name })
      .first();
    return row ? readAttribution(row) : undefined;
  }

  async attributions(places: Place[]): Promise<Attribution[]> {
    if (places.length === 0) {
      return [];
    }
    const rows = await this.#db<AttributionRow>('attributions').where(builder =>
      this.#atPlaces(builder, places),
    );
    return rows.map(readAttribution);
  }

  async saveAttribution(attribution: Attribution): Promise<void> {
    const row: AttributionRow = {
      cluster: attribution.cluster,
      namespace: attribution.namespace,
      name: attribution.name,
      repository: attribution.repository,
      path: attribution.path,
      revision: attribution.revision,
      paths: JSON.stringify(attribution.paths),
      images: JSON.stringify(attribution.images),
      commit: attribution.commit ? JSON.stringify(attribution.commit) : null,
      applied_revision: attribution.appliedRevision ?? null,
      applied_commit: attribution.appliedCommit
        ? JSON.stringify(attribution.appliedCommit)
        : null,
    };
    await this.#db<AttributionRow>('attributions')
      .insert(row)
      .onConflict(['cluster', 'namespace', 'name'])
      .merge();
  }

  async prune(before: string): Promise<number> {
    return this.#db<DeploymentRow>('deployments')
      .where('started_at', '<', Date.parse(before))
      .delete();
  }

  #atPlaces(builder: Knex.QueryBuilder, places: Place[]): void {
    for (const { cluster, namespace } of places) {
      builder.orWhere({ cluster, namespace });
    }
  }
}
