// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { kustomization, TestCluster } from '../__testing__/TestCluster';

const SYSTEM = 'cluster/aks-dev-weu';
const FLUX = '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations';
const PODS = '/api/v1/pods';

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
});

afterEach(() => cluster.stop());

const failure = (
  code: number,
  reason: string,
  message: string,
  retryAfterSeconds?: number,
) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  ...(retryAfterSeconds ? { details: { retryAfterSeconds } } : {}),
  code,
});

/** Resumes a watch as a client does that has seen `version`. */
async function resume(path: string, version: number) {
  const response = await cluster.call(
    `${path}?watch=1&allowWatchBookmarks=true&resourceVersion=${version}`,
  );
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: JSON.parse((await response.text()).trim()),
  };
}

// Recording 16 (control-plane.md, fact 42): 503, then 429, then 410 on every stream.
it('a restarting API server is away, then answers 503, 429 and 410, and can always be listed again', async () => {
  cluster.store.create(kustomization('orders'), { manager: 'test' });
  const version = cluster.store.resourceVersion();
  const open = await cluster.watch(
    `${FLUX}?watch=1&resourceVersion=${version}`,
  );
  cluster.faults.set({ system: SYSTEM, kind: 'restart' });
  await expect(open.next()).rejects.toThrow('terminated');
  await expect(cluster.call(FLUX)).rejects.toThrow('fetch failed');
  await cluster.clock.advance(7999);
  await expect(cluster.call(PODS)).rejects.toThrow('fetch failed');

  await cluster.clock.advance(1);
  const expired = (code: number) => ({
    status: 200,
    retryAfter: null,
    body: {
      type: 'ERROR',
      object: failure(
        410,
        'Expired',
        `too old resource version: ${version} (${code})`,
      ),
    },
  });
  expect(await resume(PODS, version)).toEqual(expired(version + 1));
  expect(await resume(FLUX, version)).toEqual({
    status: 503,
    retryAfter: '5',
    body: failure(
      503,
      'ServiceUnavailable',
      'the request has been made before all known HTTP paths have been installed, please try again',
      5,
    ),
  });

  await cluster.clock.advance(1200);
  expect(await resume(FLUX, version)).toEqual({
    status: 429,
    retryAfter: '1',
    body: failure(429, 'TooManyRequests', 'storage is (re)initializing', 1),
  });

  await cluster.clock.advance(1000);
  expect(await resume(FLUX, version)).toEqual(expired(version + 1));
  const list = await cluster.json(FLUX);
  expect(list.body.metadata).toEqual({ resourceVersion: String(version + 1) });
  expect(list.body.items).toHaveLength(1);
  expect(cluster.faults.list()).toEqual([]);
});

it('is up again at once when the switch is turned back', async () => {
  cluster.faults.set({ system: SYSTEM, kind: 'restart' });
  cluster.faults.clear(SYSTEM);
  expect((await cluster.call(FLUX)).status).toBe(200);
  await cluster.clock.advance(60_000);
  expect((await cluster.call(FLUX)).status).toBe(200);
});
