// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { DeploymentCommit } from '@fairway/plugin-flux-common';
import type { Knex } from 'knex';
import {
  readAttribution,
  readDeployment,
  writeAttribution,
  writeDeployment,
  type AttributionRow,
  type DeploymentRow,
} from './rows';
import type {
  Attribution,
  DeploymentQuery,
  DeploymentStore,
  NamedPlace,
  StoredDeployment,
  WorkloadKey,
} from './types';

/** No answer to an inner question is longer; what a person reads is paged. */
const MOST_ROWS = 100;
/** A statement may name only so many values (SQLite: 999 in older builds). */
const CHUNK = 200;
/** Four values each, and a statement may have only so many parts (SQLite: 500). */
const WALKS = 100;

type Query = Knex.QueryBuilder<DeploymentRow, DeploymentRow[]>;

function byAge(query: Query): Query {
  return query.orderBy([
    { column: 'started_at', order: 'desc' },
    { column: 'id', order: 'asc' },
  ]);
}

function newestFirst(a: StoredDeployment, b: StoredDeployment): number {
  return (
    Date.parse(b.startedAt) - Date.parse(a.startedAt) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
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
    // Two replicas see the same change: the first one's row stays.
    const added = await this.#db<DeploymentRow>('deployments')
      .insert(writeDeployment(deployment))
      .onConflict('id')
      .ignore()
      .returning('id');
    return added.length > 0;
  }

  async find(query: DeploymentQuery): Promise<StoredDeployment[]> {
    const { component, limit, after } = query;
    const workloads = [...new Set(query.workloads)].sort();
    // One walk along an index for each name at each place, and no more rows of
    // it than are wanted in all: an OR over all of them would read and sort
    // everything that was ever deployed there.
    const walks = query.places.flatMap(({ cluster, namespace }) => [
      { cluster, namespace, component },
      ...workloads.map(workload => ({ cluster, namespace, workload })),
    ]);
    const rows = new Map<string, DeploymentRow>();
    for (let from = 0; from < walks.length; from += WALKS) {
      // One statement for many walks: to prepare each costs more than to walk.
      const [first, ...others] = walks.slice(from, from + WALKS).map(walk =>
        this.#db.select<DeploymentRow[]>('*').from(
          byAge(this.#after(this.#deployments().where(walk), after))
            .limit(limit)
            .as('walk'),
        ),
      );
      for (const row of await first.unionAll(others)) {
        rows.set(row.id, row);
      }
    }
    return [...rows.values()]
      .map(readDeployment)
      .sort(newestFirst)
      .slice(0, limit);
  }

  async template({
    templateKey,
    ...workload
  }: WorkloadKey & { templateKey?: string }): Promise<
    StoredDeployment | undefined
  > {
    const all = this.#templatesOf(workload);
    const [row] = await byAge(
      templateKey === undefined ? all : all.where('template_key', templateKey),
    ).limit(1);
    return row ? readDeployment(row) : undefined;
  }

  async latest(
    workload: WorkloadKey,
  ): Promise<{ deployment?: StoredDeployment; count: number }> {
    const [rows, [{ count }]] = await Promise.all([
      byAge(this.#templatesOf(workload)).limit(1),
      this.#db('deployments')
        .where(columnsOf(workload))
        .whereNot('template_key', '')
        .count<Array<{ count: number | string }>>({ count: '*' }),
    ]);
    const [deployment] = rows.map(readDeployment);
    return { ...(deployment ? { deployment } : {}), count: Number(count) };
  }

  async ofKustomization(
    cluster: string,
    kustomization: string,
  ): Promise<StoredDeployment[]> {
    const rows = await byAge(
      this.#deployments().where({ cluster, kustomization }),
    ).limit(MOST_ROWS);
    return rows.map(readDeployment);
  }

  async setDigest(ids: string[], digest: string): Promise<void> {
    await this.#deployments().whereIn('id', ids).update({ digest });
  }

  async withoutCommit(
    cluster: string,
    kustomization: string,
  ): Promise<StoredDeployment[]> {
    const rows = await byAge(
      this.#deployments()
        .where({ cluster, kustomization })
        .whereNull('commit')
        .whereNot('change', 'by-hand'),
    ).limit(MOST_ROWS);
    return rows.map(readDeployment);
  }

  async kustomizationsWithoutCommit(): Promise<
    Array<{ cluster: string; kustomization: string }>
  > {
    const rows = await this.#db<DeploymentRow>('deployments')
      .distinct('cluster', 'kustomization')
      .whereNull('commit')
      .whereNot('change', 'by-hand')
      .whereNotNull('kustomization');
    return rows.map(({ cluster, kustomization }) => ({
      cluster,
      kustomization: kustomization ?? '',
    }));
  }

  async setCommit(id: string, commit: DeploymentCommit): Promise<void> {
    await this.#deployments()
      .where({ id })
      .update({ commit: JSON.stringify(commit) });
  }

  async setByHand(id: string): Promise<void> {
    await this.#deployments().where({ id }).update({ change: 'by-hand' });
  }

  async attribution(at: NamedPlace): Promise<Attribution | undefined> {
    const { cluster, namespace, name } = at;
    const row = await this.#db<AttributionRow>('attributions')
      .where({ cluster, namespace, name })
      .first();
    return row ? readAttribution(row) : undefined;
  }

  async saveAttribution(attribution: Attribution): Promise<void> {
    await this.#db<AttributionRow>('attributions')
      .insert(writeAttribution(attribution))
      .onConflict(['cluster', 'namespace', 'name'])
      .merge();
  }

  async moveAttributions(at: NamedPlace[], revision: string): Promise<void> {
    for (let from = 0; from < at.length; from += CHUNK) {
      await this.#db<AttributionRow>('attributions')
        .whereIn(
          ['cluster', 'namespace', 'name'],
          at
            .slice(from, from + CHUNK)
            .map(({ cluster, namespace, name }) => [cluster, namespace, name]),
        )
        .update({ revision, updated_at: Date.now() });
    }
  }

  async prune(before: string): Promise<number> {
    const instant = Date.parse(before);
    await this.#db<AttributionRow>('attributions')
      .where('updated_at', '<', instant)
      .delete();
    return this.#deployments().where('started_at', '<', instant).delete();
  }

  #deployments(): Query {
    return this.#db<DeploymentRow>('deployments');
  }

  #templatesOf(workload: WorkloadKey): Query {
    return this.#deployments()
      .where(columnsOf(workload))
      .whereNot('template_key', '');
  }

  #after(query: Query, after: DeploymentQuery['after']): Query {
    if (!after) {
      return query;
    }
    const instant = Date.parse(after.startedAt);
    return query.andWhere('started_at', '<=', instant).andWhere(inner => {
      inner.where('started_at', '<', instant).orWhere('id', '>', after.id);
    });
  }
}

function columnsOf({
  cluster,
  namespace,
  workloadKind,
  workload,
}: WorkloadKey) {
  return { cluster, namespace, workload_kind: workloadKind, workload };
}
