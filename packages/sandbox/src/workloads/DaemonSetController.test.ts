// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../clock';
import { openCluster } from '../kubernetes';
import { ensureNodes, startWorkloads } from '.';

const registry = {
  host: 'acrfairway.azurecr.io',
  publish: () => {},
  resolve: () => ({ digest: `sha256:${'a'.repeat(64)}` }),
  repositories: () => [],
  images: () => [],
};

it('keeps a pod on every node, replaces one after the other, and follows nodes and deletion', async () => {
  const clock = new ControlledClock('2026-11-20T09:00:00Z');
  const store = openCluster({ name: 'aks-dev-weu', clock });
  const nodes = (count: number) =>
    ensureNodes(store, { count, region: 'westeurope', now: clock.now() });
  nodes(3);
  const stop = startWorkloads({ store, clock, registry });
  const ref = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    namespace: 'default',
    name: 'agent',
  };
  const labels = { app: 'agent' };
  const apply = (version: string) =>
    store.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'agent', namespace: 'default' },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [{ name: 'agent', image: `shop/agent:${version}` }],
            },
          },
        },
      },
      { manager: 'kustomize-controller', force: true },
    );
  const status = () => store.get(ref)!.status;
  const places = () =>
    store
      .list('v1', 'Pod')
      .map(({ spec }) => [
        spec.nodeName.slice(-1),
        spec.containers[0].image.split(':')[1],
      ])
      .sort();

  apply('1.0.0');
  await clock.advance(0);
  expect(status()).toMatchObject({
    currentNumberScheduled: 3,
    desiredNumberScheduled: 3,
    numberReady: 0,
    numberUnavailable: 3,
  });
  await clock.advance(10_000);
  const healthy = (count: number, generation: number) => ({
    currentNumberScheduled: count,
    numberMisscheduled: 0,
    desiredNumberScheduled: count,
    numberReady: count,
    observedGeneration: generation,
    updatedNumberScheduled: count,
    numberAvailable: count,
  });
  expect(status()).toEqual(healthy(3, 1));

  let fewest = 3;
  const unsubscribe = store.subscribe(({ kind, object }) => {
    if (kind.kind === 'DaemonSet') {
      fewest = Math.min(fewest, object.status.numberReady);
    }
  });
  apply('1.1.0');
  await clock.advance(60_000);
  unsubscribe();
  expect(fewest).toBe(2);
  expect(status()).toEqual(healthy(3, 2));
  expect(places()).toEqual([
    ['0', '1.1.0'],
    ['1', '1.1.0'],
    ['2', '1.1.0'],
  ]);

  nodes(4);
  await clock.advance(10_000);
  expect(status()).toEqual(healthy(4, 2));
  store.delete(ref);
  await clock.advance(10_000);
  expect(places()).toEqual([]);
  stop();
});
