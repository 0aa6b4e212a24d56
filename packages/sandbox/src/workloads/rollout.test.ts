// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../clock';
import { openCluster } from '../kubernetes';
import type { KubeObject } from '../kubernetes/types';
import { ensureNodes, startWorkloads } from '.';

const registry = {
  host: 'acrfairway.azurecr.io',
  publish: () => {},
  resolve: (image: string) =>
    image.includes('missing') ? undefined : { digest: 'sha256:abc' },
  repositories: () => [],
  images: () => [],
};

const ref = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'default',
  name: 'orders',
};

function orders(image: string, behaviour?: string): KubeObject {
  const labels = { app: 'orders' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'orders', namespace: 'default' },
    spec: {
      replicas: 2,
      progressDeadlineSeconds: 60,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels,
          ...(behaviour
            ? { annotations: { 'sandbox.fairway.dev/behaviour': behaviour } }
            : {}),
        },
        spec: { containers: [{ name: 'app', image }] },
      },
    },
  };
}

const FLUX = { manager: 'kustomize-controller', force: true };

function open() {
  const clock = new ControlledClock('2026-11-20T09:00:00Z');
  const store = openCluster({ name: 'aks-dev-weu', clock });
  ensureNodes(store, { count: 3, region: 'westeurope', now: clock.now() });
  const stop = startWorkloads({ store, clock, registry });
  const reasons = () =>
    Object.fromEntries(
      store
        .get(ref)!
        .status.conditions.map(
          ({ type, status, reason }: Record<string, string>) => [
            type,
            `${status}/${reason}`,
          ],
        ),
    );
  return { clock, store, stop, reasons };
}

it('rolls two replicas in the order that was recorded from a real cluster', async () => {
  const { clock, store, stop } = open();
  store.apply(orders('x:1'), FLUX);
  await clock.advance(30_000);
  const steps: string[] = [];
  let fewest = 2;
  store.subscribe(({ kind, object }) => {
    if (kind.kind === 'Event' && object.reason === 'ScalingReplicaSet') {
      steps.push(object.message.replace(/ replica set \S+/, ''));
    }
    if (kind.kind === 'Deployment') {
      fewest = Math.min(fewest, object.status.availableReplicas ?? 0);
    }
  });
  store.apply(orders('x:2'), FLUX);
  await clock.advance(60_000);
  // Recording 01-happy-path, from 28 s on.
  expect(steps).toEqual([
    'Scaled up from 0 to 1',
    'Scaled down from 2 to 1',
    'Scaled up from 1 to 2',
    'Scaled down from 1 to 0',
  ]);
  expect(fewest).toBe(2);
  stop();
});

it.each([
  ['an image that is not there', 'missing:2', undefined, 'ImagePullBackOff'],
  ['a container that crashes', 'x:2', 'crash-loop', 'CrashLoopBackOff'],
])(
  '%s: the old pods serve on and the deadline passes',
  async (_, image, behaviour, reason) => {
    const { clock, store, stop, reasons } = open();
    store.apply(orders('x:1'), FLUX);
    await clock.advance(30_000);
    store.apply(orders(image, behaviour), FLUX);
    await clock.advance(80_000);
    expect(reasons()).toEqual({
      Available: 'True/MinimumReplicasAvailable',
      Progressing: 'False/ProgressDeadlineExceeded',
    });
    const waiting = store
      .list('v1', 'Pod')
      .flatMap(pod => pod.status.containerStatuses[0].state.waiting ?? []);
    expect(waiting.map(state => state.reason)).toEqual([reason]);
    stop();
  },
);
