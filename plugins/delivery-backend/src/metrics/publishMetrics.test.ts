// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { WatchCache } from '@fairway/plugin-delivery-node';
import { publishMetrics } from './publishMetrics';

type Observe = (value: number, attributes?: object) => void;

it('tells the counters of each cluster and the open streams when it is asked', async () => {
  const callbacks = new Map<
    string,
    (result: { observe: Observe }) => void | Promise<void>
  >();
  const create = (name: string) => ({
    addCallback(callback: (result: { observe: Observe }) => void) {
      callbacks.set(name, callback);
    },
    removeCallback: () => {},
  });
  const counters = {
    lists: 1,
    pages: 2,
    watches: 3,
    events: 4,
    bookmarks: 5,
    relists: 6,
    malformed: 7,
    errors: {},
  };
  publishMetrics({
    metrics: {
      createObservableCounter: create,
      createObservableGauge: create,
    } as Partial<MetricsService> as MetricsService,
    watch: {
      counters: async () => ({
        dev: counters,
        prod: { ...counters, lists: 9, errors: { 429: 8, connection: 1 } },
      }),
    } as Partial<WatchCache> as WatchCache,
    openStreams: () => 10,
  });
  const told: Record<string, unknown[]> = {};
  for (const [name, callback] of callbacks) {
    told[name] = [];
    await callback({
      observe: (...observed) => told[name].push(observed),
    });
  }
  const both = (value: number) => [
    [value, { cluster: 'dev' }],
    [value, { cluster: 'prod' }],
  ];
  expect(told).toEqual({
    'fairway.watch.lists': [
      [1, { cluster: 'dev' }],
      [9, { cluster: 'prod' }],
    ],
    'fairway.watch.pages': both(2),
    'fairway.watch.watches': both(3),
    'fairway.watch.events': both(4),
    'fairway.watch.bookmarks': both(5),
    'fairway.watch.relists': both(6),
    'fairway.watch.malformed': both(7),
    'fairway.watch.errors': [
      [8, { cluster: 'prod', status: '429' }],
      [1, { cluster: 'prod', status: 'connection' }],
    ],
    'fairway.streams.open': [[10]],
  });
});
