// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../types';
import {
  kustomization,
  KUSTOMIZATIONS,
  TestCluster,
} from '../__testing__/TestCluster';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
});

afterEach(async () => {
  await cluster.stop();
});

describe('lists', () => {
  it('pages one moment, and says 410 with a way on when that moment is forgotten', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      cluster.store.create(kustomization(name), { manager: 'test' });
    }
    const first = await cluster.json(`${KUSTOMIZATIONS}?limit=2`);
    expect(first.body.metadata.remainingItemCount).toBe(3);
    cluster.store.delete({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      namespace: 'team-a',
      name: 'c',
    });
    cluster.store.create(kustomization('cc'), { manager: 'test' });
    const rest = await cluster.json(
      `${KUSTOMIZATIONS}?limit=500&continue=${first.body.metadata.continue}`,
    );
    const names = ({ body }: { body: { items: KubeObject[] } }) =>
      body.items.map(({ metadata }) => metadata.name);
    expect([...names(first), ...names(rest)]).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    expect(rest.body.metadata).toEqual({
      resourceVersion: first.body.metadata.resourceVersion,
    });

    cluster.store.compact();
    const gone = await cluster.json(
      `${KUSTOMIZATIONS}?limit=500&continue=${first.body.metadata.continue}`,
    );
    expect([gone.status, gone.body.reason]).toEqual([410, 'Expired']);
    const inconsistent = await cluster.json(
      `${KUSTOMIZATIONS}?continue=${gone.body.metadata.continue}`,
    );
    expect(names(inconsistent)).toEqual(['cc', 'd', 'e']);
  });

  it('selects by labels and fields', async () => {
    for (const [name, team] of [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'z'],
    ]) {
      const object = kustomization(name);
      object.metadata.labels = { team };
      cluster.store.create(object, { manager: 'test' });
    }
    const names = async (query: string) =>
      (await cluster.json(`${KUSTOMIZATIONS}?${query}`)).body.items.map(
        ({ metadata }: KubeObject) => metadata.name,
      );
    expect(await names('labelSelector=team%20in%20(x,y),team!=y')).toEqual([
      'a',
    ]);
    expect(await names('labelSelector=!team')).toEqual([]);
    expect(await names('fieldSelector=metadata.name%3Db')).toEqual(['b']);
    const bad = await cluster.json(
      `${KUSTOMIZATIONS}?fieldSelector=spec.path%3Db`,
    );
    expect(bad.status).toBe(400);
  });
});

describe('watches', () => {
  it('tells what was there, its end, what comes, and a bookmark each minute', async () => {
    cluster.store.create(kustomization('a'), { manager: 'test' });
    const lines = await cluster.watch(
      `${KUSTOMIZATIONS}?watch=1&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
    );
    expect((await lines.next()).object.metadata.name).toBe('a');
    expect(await lines.next()).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'Kustomization',
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        metadata: {
          resourceVersion: String(cluster.store.resourceVersion()),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
    cluster.store.create(kustomization('b'), { manager: 'test' });
    expect(await lines.next()).toMatchObject({
      type: 'ADDED',
      object: { metadata: { name: 'b' } },
    });
    await cluster.clock.advance(60_000);
    expect(await lines.next()).toEqual({
      type: 'BOOKMARK',
      object: {
        kind: 'Kustomization',
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        metadata: { resourceVersion: String(cluster.store.resourceVersion()) },
      },
    });
    await lines.close();
  });

  it('goes on from a version, and answers an expired one with an ERROR event', async () => {
    cluster.store.create(kustomization('a'), { manager: 'test' });
    const from = cluster.store.resourceVersion();
    cluster.store.create(kustomization('b'), { manager: 'test' });
    const lines = await cluster.watch(
      `${KUSTOMIZATIONS}?watch=1&resourceVersion=${from}`,
    );
    expect((await lines.next()).object.metadata.name).toBe('b');
    await lines.close();
    cluster.store.compact();
    const old = await cluster.call(
      `${KUSTOMIZATIONS}?watch=1&resourceVersion=2`,
    );
    expect(old.status).toBe(200);
    expect(JSON.parse(await old.text())).toEqual({
      type: 'ERROR',
      object: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `too old resource version: 2 (${cluster.store.oldestVersion()})`,
        reason: 'Expired',
        code: 410,
      },
    });
  });

  it('ends with a fault and with the definition of its kind', async () => {
    const one = await cluster.watch(
      `${KUSTOMIZATIONS}?watch=1&resourceVersion=${cluster.store.resourceVersion()}`,
    );
    cluster.faults.set({
      system: 'cluster/aks-dev-weu',
      kind: 'expire-resource-versions',
    });
    expect(await one.next()).toMatchObject({
      type: 'ERROR',
      object: { code: 410 },
    });
    expect(await one.next()).toBeUndefined();
    cluster.faults.set({ system: 'cluster/aks-dev-weu', kind: '503' });
    const busy = await cluster.call(KUSTOMIZATIONS);
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);
    cluster.faults.set({ system: 'cluster/aks-dev-weu', kind: 'down' });
    await expect(cluster.call(KUSTOMIZATIONS)).rejects.toThrow();
    cluster.faults.clear();
    expect((await cluster.call(KUSTOMIZATIONS)).status).toBe(200);
  });
});
