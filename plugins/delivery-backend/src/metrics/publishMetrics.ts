// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { WatchCache, WatchCounters } from '@fairway/plugin-delivery-node';

type Counted = Exclude<keyof WatchCounters, 'errors'>;

const DESCRIPTIONS: Record<Counted, string> = {
  lists: 'Lists that were begun; in steady state none',
  pages: 'Pages of lists that were read',
  watches: 'Watches that were opened',
  events: 'Changes of objects that were told by watches',
  bookmarks: 'Bookmarks that were told by watches',
  relists: 'Lists because a cluster no longer knew the place of a watch (410)',
  malformed: 'Objects and events that could not be read and were skipped',
};

/**
 * What an operator watches: how the portal follows each cluster, and how many pages
 * are open. They are counted all the time and read when the exporter asks.
 */
export function publishMetrics(options: {
  metrics: MetricsService;
  watch: WatchCache;
  openStreams: () => number;
}): void {
  const { metrics, watch, openStreams } = options;
  for (const [name, description] of Object.entries(DESCRIPTIONS)) {
    metrics
      .createObservableCounter<{ cluster: string }>(`fairway.watch.${name}`, {
        description,
      })
      .addCallback(async result => {
        for (const [cluster, counters] of Object.entries(
          await watch.counters(),
        )) {
          result.observe(counters[name as Counted], { cluster });
        }
      });
  }
  metrics
    .createObservableCounter<{ cluster: string; status: string }>(
      'fairway.watch.errors',
      { description: 'Answers of a cluster that were no success, by status' },
    )
    .addCallback(async result => {
      for (const [cluster, { errors }] of Object.entries(
        await watch.counters(),
      )) {
        for (const [status, count] of Object.entries(errors)) {
          result.observe(count, { cluster, status });
        }
      }
    });
  metrics
    .createObservableGauge('fairway.streams.open', {
      description: 'Live streams that are open, one for each browser tab',
    })
    .addCallback(result => result.observe(openStreams()));
}
