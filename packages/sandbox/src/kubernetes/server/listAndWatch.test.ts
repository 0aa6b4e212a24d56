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

  it('items of built-in kinds do not repeat their kind, those of custom resources do', async () => {
    cluster.store.create(kustomization('a'), { manager: 'test' });
    const kindsIn = async (path: string) =>
      (await cluster.json(path)).body.items.map(
        ({ apiVersion, kind }: KubeObject) => [apiVersion, kind],
      );
    expect(new Set(await kindsIn('/api/v1/namespaces?limit=1'))).toEqual(
      new Set([[undefined, undefined]]),
    );
    expect(await kindsIn(KUSTOMIZATIONS)).toEqual([
      ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ]);
  });

  it('a version that is still to come is a timeout with a time to ask again', async () => {
    const now = cluster.store.resourceVersion();
    for (const match of ['', '&resourceVersionMatch=Exact']) {
      expect(
        await cluster.json(
          `${KUSTOMIZATIONS}?resourceVersion=${now + 1000}${match}`,
        ),
      ).toMatchObject({
        status: 504,
        body: {
          reason: 'Timeout',
          message: `Too large resource version: ${now + 1000}, current: ${now}`,
          details: { retryAfterSeconds: 1 },
        },
      });
    }
  });

  it('any version, an older one and an exact one are answered', async () => {
    cluster.store.create(kustomization('a'), { manager: 'test' });
    const then = cluster.store.resourceVersion();
    cluster.store.create(kustomization('b'), { manager: 'test' });
    const names = async (query: string) =>
      (await cluster.json(`${KUSTOMIZATIONS}?${query}`)).body.items.map(
        ({ metadata }: KubeObject) => metadata.name,
      );
    expect(await names('resourceVersion=0')).toEqual(['a', 'b']);
    expect(await names(`resourceVersion=${then}`)).toEqual(['a', 'b']);
    expect(
      await names(`resourceVersion=${then}&resourceVersionMatch=NotOlderThan`),
    ).toEqual(['a', 'b']);
    expect(
      await names(`resourceVersion=${then}&resourceVersionMatch=Exact`),
    ).toEqual(['a']);
  });

  it.each([
    ['limit=ten', 400, 'strconv.ParseInt: parsing "ten": invalid syntax'],
    [
      'resourceVersion=new',
      400,
      'resourceVersion: Invalid value: "new": strconv.ParseUint: parsing "new": invalid syntax',
    ],
    [
      'continue=x&resourceVersion=7',
      400,
      'specifying resource version is not allowed when using continue',
    ],
    [
      'continue=x',
      400,
      'continue key is not valid: illegal base64 data at input byte 0',
    ],
    [
      'resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersion=0&resourceVersionMatch=Exact',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    [
      'resourceVersion=1&resourceVersionMatch=Newest',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Unsupported value: "Newest": supported values: "Exact", "NotOlderThan"',
    ],
    [
      'sendInitialEvents=true',
      422,
      'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
    ],
    [
      'watch=1&sendInitialEvents=true',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'watch=1&resourceVersionMatch=NotOlderThan',
      422,
      'ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
  ])('%s is refused', async (query, status, message) => {
    const answer = await cluster.json(`${KUSTOMIZATIONS}?${query}`);
    expect([answer.status, answer.body.message]).toEqual([status, message]);
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

  it('an object that leaves a selection goes as it was in it', async () => {
    const object = kustomization('a');
    object.metadata.labels = { team: 'x' };
    const { metadata } = cluster.store.create(object, { manager: 'test' });
    const lines = await cluster.watch(
      `${KUSTOMIZATIONS}?watch=1&labelSelector=team%3Dx&resourceVersion=${metadata.resourceVersion}`,
    );
    for (const team of ['y', 'x', 'x']) {
      cluster.store.patch(
        { ...object, namespace: 'team-a', name: 'a' },
        'merge',
        {
          metadata: {
            labels: { team },
            annotations: { change: String(cluster.store.resourceVersion()) },
          },
        },
        { manager: 'test' },
      );
    }
    const events = [];
    for (let at = 0; at < 3; at++) {
      const { type, object: seen } = await lines.next();
      events.push([
        type,
        seen.metadata.labels.team,
        Number(seen.metadata.resourceVersion) -
          Number(metadata.resourceVersion),
      ]);
    }
    expect(events).toEqual([
      ['DELETED', 'x', 1],
      ['ADDED', 'x', 2],
      ['MODIFIED', 'x', 3],
    ]);
    await lines.close();
  });

  it('from a version that is still to come there is silence until it comes', async () => {
    const from = cluster.store.resourceVersion() + 1;
    let answered = false;
    const opening = cluster
      .watch(`${KUSTOMIZATIONS}?watch=1&resourceVersion=${from}`)
      .then(lines => {
        answered = true;
        return lines;
      });
    await cluster.json(KUSTOMIZATIONS);
    expect(answered).toBe(false);
    cluster.store.create(kustomization('a'), { manager: 'test' });
    expect(cluster.store.resourceVersion()).toBe(from);
    cluster.store.create(kustomization('b'), { manager: 'test' });
    const lines = await opening;
    expect((await lines.next()).object.metadata.name).toBe('b');
    await lines.close();
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
