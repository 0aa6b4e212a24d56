// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { DeploymentStore } from '../store/types';

const DAY_MS = 86_400_000;

/** Removes what is older than `days`, once a day and by one backend of several. */
export async function scheduleRetention(options: {
  scheduler: SchedulerService;
  store: DeploymentStore;
  logger: LoggerService;
  days: number;
}): Promise<void> {
  const { scheduler, store, logger, days } = options;
  await scheduler.scheduleTask({
    id: 'fairway-flux-history-retention',
    frequency: { days: 1 },
    timeout: { minutes: 10 },
    initialDelay: { minutes: 5 },
    fn: async () => {
      const before = new Date(Date.now() - days * DAY_MS).toISOString();
      const removed = await store.prune(before);
      if (removed > 0) {
        logger.info(`Removed ${removed} deployments from before ${before}`);
      }
    },
  });
}
