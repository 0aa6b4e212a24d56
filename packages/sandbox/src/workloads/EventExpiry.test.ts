// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../clock';
import { openCluster } from '../kubernetes';
import { EventExpiry } from './EventExpiry';

const MINUTE = 60_000;

it('events live an hour from when they were written last, also over a restart', async () => {
  const clock = new ControlledClock('2026-11-20T09:00:00Z');
  const store = openCluster({ name: 'aks-dev-weu', clock });
  const stamp = () => clock.now().toISOString();
  const ref = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Event',
    namespace: 'default',
    name,
  });
  const record = (name: string) =>
    store.create(
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace: 'default' },
        involvedObject: { kind: 'Pod', namespace: 'default', name: 'orders' },
        reason: 'Started',
        lastTimestamp: stamp(),
        count: 1,
      },
      { manager: 'kubelet' },
    );
  const names = () =>
    store.list('v1', 'Event').map(({ metadata }) => metadata.name);

  const first = new EventExpiry(store, clock);
  record('once');
  record('again');
  await clock.advance(40 * MINUTE);
  store.patch(
    ref('again'),
    'merge',
    { count: 2, lastTimestamp: stamp() },
    { manager: 'kubelet' },
  );
  record('late');
  store.delete(ref('late'));
  record('later');
  await clock.advance(19 * MINUTE);
  expect(names()).toEqual(['once', 'again', 'later']);
  await clock.advance(MINUTE);
  expect(names()).toEqual(['again', 'later']);

  first.stop();
  await clock.advance(10 * MINUTE);
  const second = new EventExpiry(store, clock);
  await clock.advance(29 * MINUTE);
  expect(names()).toEqual(['again', 'later']);
  await clock.advance(MINUTE);
  expect(names()).toEqual([]);
  expect(clock.next()).toBeUndefined();
  second.stop();
});
