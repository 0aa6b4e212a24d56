// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  startPostgres,
  type RunningPostgres,
} from '../__testUtils__/startPostgres';
import { DatabaseDeploymentStore } from './DatabaseDeploymentStore';
import type { Attribution, StoredDeployment } from './types';

const directory = resolvePackagePath(
  '@fairway/plugin-flux-backend',
  'migrations',
);

/** Where PostgreSQL is not installed, its half of the tests cannot be made; the line says so. */
const postgres: RunningPostgres | undefined = startPostgres();
if (!postgres) {
  process.stderr.write('No PostgreSQL was found: tests run on SQLite alone.\n');
}
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const ENGINES: Array<[string, () => Promise<Knex>]> = [
  ['SQLite', () => databases.init('SQLITE_3')],
  ...(postgres
    ? [
        ['PostgreSQL', () => postgres.createDatabase()] as [
          string,
          () => Promise<Knex>,
        ],
      ]
    : []),
];

afterAll(() => postgres?.stop());

function deployment(change: Partial<StoredDeployment> = {}): StoredDeployment {
  return {
    id: '0'.repeat(32),
    cluster: 'aks-dev-weu',
    namespace: 'team-a',
    workloadKind: 'Deployment',
    workload: 'orders',
    component: 'orders',
    templateKey: 'abc',
    templateRevision: '1',
    images: [{ container: 'app', image: 'acr/orders:1.0.0' }],
    startedAt: '2026-11-01T10:00:00.000Z',
    change: 'image',
    missedBefore: 0,
    kustomization: 'team-a/orders',
    ...change,
  };
}

const COMMIT = {
  sha: 'a'.repeat(40),
  subject: 'Add gift cards – "now"',
  author: 'Dev A',
  date: '2026-11-01T09:59:00.000Z',
};

function attribution(change: Partial<Attribution> = {}): Attribution {
  return {
    cluster: 'aks-dev-weu',
    namespace: 'team-a',
    name: 'orders',
    repository: 'https://dev.azure.com/org/platform/_git/gitops',
    path: 'apps/orders',
    revision: '1'.repeat(40),
    paths: ['apps/orders', 'apps/base'],
    images: { 'acr/orders': '1.0.0' },
    commit: COMMIT,
    appliedCommit: COMMIT,
    ...change,
  };
}

const id = (index: number) => index.toString(16).padStart(32, '0');

describe.each(ENGINES)('the store on %s', (engine, createDatabase) => {
  let knex: Knex;
  let store: DatabaseDeploymentStore;
  const open = () =>
    DatabaseDeploymentStore.create({ getClient: async () => knex });

  beforeEach(async () => {
    knex = await createDatabase();
    store = await open();
  });

  afterEach(() => knex.destroy());

  it('migrates up, down and up again with data in it', async () => {
    const image = deployment({ commit: COMMIT });
    const configuration = deployment({
      id: id(1),
      change: 'configuration',
      templateKey: '',
      digest: 'sha256:d',
      missedBefore: 2,
    });
    await store.add(image);
    await store.add(configuration);
    await store.saveAttribution(attribution());

    await knex.migrate.down({ directory });
    expect(
      await knex('deployments').select('id', 'template_key', 'commit'),
    ).toEqual([
      { id: image.id, template_key: 'abc', commit: JSON.stringify(COMMIT) },
    ]);
    expect(await knex('attributions').select('name', 'revision')).toEqual([
      { name: 'orders', revision: '1'.repeat(40) },
    ]);

    store = await open();
    expect(await store.ofKustomization('aks-dev-weu', 'team-a/orders')).toEqual(
      [image],
    );
    expect(await store.attribution(attribution())).toEqual(attribution());
    // What an older version left is not taken for old.
    expect(await store.prune('2026-10-01T00:00:00Z')).toBe(0);
    expect(await store.attribution(attribution())).toEqual(attribution());

    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('deployments')).toBe(false);
    expect(await knex.schema.hasTable('attributions')).toBe(false);
  });

  it('keeps a change once, whoever writes it first', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => store.add(deployment())),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await store.add(deployment({ component: 'other' }))).toBe(false);
    expect(await store.latest(deployment())).toEqual({
      deployment: deployment(),
      count: 1,
    });
  });

  it('finds by component and by name, at the places asked for, in order and in parts', async () => {
    const at = (minute: number) =>
      `2026-11-01T10:${String(minute).padStart(2, '0')}:00.000Z`;
    const rows = [
      deployment({ id: id(1), startedAt: at(1) }),
      deployment({ id: id(3), startedAt: at(2) }),
      deployment({ id: id(2), startedAt: at(2) }),
      deployment({ id: id(4), startedAt: at(3), cluster: 'aks-prod-weu' }),
      deployment({
        id: id(5),
        startedAt: at(4),
        component: '',
        workload: 'orders-worker',
      }),
      deployment({ id: id(6), startedAt: at(5), component: 'billing' }),
      deployment({ id: id(7), startedAt: at(6), namespace: 'team-b' }),
    ];
    for (const row of rows) {
      await store.add(row);
    }
    const query = {
      places: [
        { cluster: 'aks-dev-weu', namespace: 'team-a' },
        { cluster: 'aks-prod-weu', namespace: 'team-a' },
      ],
      component: 'orders',
      workloads: ['orders-worker'],
    };
    const ids = async (more: object) =>
      (await store.find({ ...query, limit: 10, ...more })).map(each =>
        Number(`0x${each.id}`),
      );
    expect(await ids({})).toEqual([5, 4, 2, 3, 1]);
    expect(await ids({ workloads: [] })).toEqual([4, 2, 3, 1]);
    expect(await ids({ places: [] })).toEqual([]);
    expect(await ids({ limit: 3 })).toEqual([5, 4, 2]);
    expect(
      await ids({ after: { startedAt: at(2), id: id(2) }, limit: 1 }),
    ).toEqual([3]);
    expect(await ids({ after: { startedAt: at(2), id: id(3) } })).toEqual([1]);
  });

  it('gives the record of a template, not of a configuration under it', async () => {
    const first = deployment({ id: id(1) });
    const again = deployment({
      id: id(2),
      startedAt: '2026-11-02T10:00:00.000Z',
      templateRevision: '3',
    });
    await store.add(first);
    await store.add(again);
    await store.add(
      deployment({
        id: id(3),
        startedAt: '2026-11-03T10:00:00.000Z',
        templateKey: '',
        change: 'configuration',
      }),
    );
    expect(await store.template(deployment())).toEqual(again);
    expect(
      await store.template({ ...deployment(), templateKey: undefined }),
    ).toEqual(again);
    expect(
      await store.template({ ...deployment(), templateKey: 'zzz' }),
    ).toBeUndefined();
  });

  it('remembers which digest and which commit a change belongs to', async () => {
    await store.add(deployment());
    await store.add(deployment({ id: id(1), kustomization: undefined }));
    expect(await store.kustomizationsWithoutCommit()).toEqual([
      { cluster: 'aks-dev-weu', kustomization: 'team-a/orders' },
    ]);
    await store.setDigest([deployment().id], 'sha256:d');
    await store.setCommit(deployment().id, COMMIT);
    expect(await store.withoutCommit('aks-dev-weu', 'team-a/orders')).toEqual(
      [],
    );
    expect(await store.kustomizationsWithoutCommit()).toEqual([]);
    expect(await store.ofKustomization('aks-dev-weu', 'team-a/orders')).toEqual(
      [deployment({ digest: 'sha256:d', commit: COMMIT })],
    );
  });

  it('moves attributions in bulk, and those alone', async () => {
    const names = Array.from({ length: 450 }, (_, index) => `service-${index}`);
    for (const name of names) {
      await store.saveAttribution(attribution({ name }));
    }
    const moved = names.slice(0, 449).map(name => attribution({ name }));
    await store.moveAttributions(moved, '2'.repeat(40));
    expect(await store.attribution(moved[448])).toEqual({
      ...moved[448],
      revision: '2'.repeat(40),
    });
    expect(
      await knex('attributions')
        .where('revision', '1'.repeat(40))
        .select('name'),
    ).toEqual([{ name: 'service-449' }]);
  });

  it('forgets what is older than it is kept', async () => {
    await store.add(deployment({ id: id(1) }));
    await store.add(
      deployment({ id: id(2), startedAt: '2026-11-02T10:00:00.000Z' }),
    );
    expect(await store.prune('2026-11-02T00:00:00Z')).toBe(1);
    expect(
      (await store.ofKustomization('aks-dev-weu', 'team-a/orders')).map(
        each => each.id,
      ),
    ).toEqual([id(2)]);
  });

  it('walks an index for every question about 10,000 deployments', async () => {
    await knex.batchInsert(
      'deployments',
      Array.from({ length: 10_000 }, (_, index) => ({
        id: id(index),
        cluster: `cluster-${index % 4}`,
        namespace: `team-${index % 10}`,
        workload_kind: 'Deployment',
        workload: `service-${index % 40}`,
        component: `service-${index % 40}`,
        template_key: `t${index}`,
        template_revision: '1',
        images: '[]',
        started_at: 1_700_000_000_000 + index * 60_000,
        kustomization: `team-${index % 10}/service-${index % 40}`,
      })),
      50,
    );
    if (engine === 'PostgreSQL') {
      await knex.raw('ANALYZE deployments');
    }
    const asked: Array<{ sql: string; bindings: readonly unknown[] }> = [];
    knex.on('query', ({ sql, bindings }) => asked.push({ sql, bindings }));
    const workload = {
      cluster: 'cluster-0',
      namespace: 'team-0',
      workloadKind: 'Deployment',
      workload: 'service-0',
    };
    const found = await store.find({
      places: [workload],
      component: 'service-0',
      workloads: ['service-0'],
      limit: 20,
      after: {
        startedAt: new Date(1_700_000_000_000 + 9_000 * 60_000).toISOString(),
        id: id(0),
      },
    });
    await store.latest(workload);
    await store.template({ ...workload, templateKey: 't0' });
    await store.ofKustomization('cluster-0', 'team-0/service-0');
    await store.withoutCommit('cluster-0', 'team-0/service-0');
    knex.removeAllListeners('query');

    expect(found.map(each => Number(`0x${each.id}`))).toEqual(
      Array.from({ length: 20 }, (_, index) => 9_000 - index * 40),
    );
    for (const { sql, bindings } of asked) {
      const plan = JSON.stringify(
        await knex.raw(
          `${
            engine === 'PostgreSQL' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN'
          } ${positional(sql)}`,
          bindings as Knex.RawBinding[],
        ),
      );
      expect({ sql, plan }).toEqual({
        sql,
        plan: expect.stringMatching(
          /USING (COVERING )?INDEX deployments_|Index (Only )?Scan (Backward )?using deployments_|Bitmap Index Scan on deployments_/,
        ),
      });
      // Of a statement with several parts, each one.
      expect(plan).not.toMatch(/SCAN deployments|Seq Scan on deployments/);
    }
    expect(asked).toHaveLength(6);
  });
});

/** The driver of PostgreSQL numbers its placeholders; a raw statement wants marks. */
function positional(sql: string): string {
  return sql.replace(/\$\d+/g, '?');
}
