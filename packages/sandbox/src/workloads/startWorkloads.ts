// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../clock';
import type { ClusterStore } from '../kubernetes/types';
import type { ImageRegistry } from '../registry/types';
import { CronJobController } from './CronJobController';
import { DaemonSetController } from './DaemonSetController';
import { DeploymentController } from './DeploymentController';
import { EventExpiry } from './EventExpiry';
import { JobController } from './JobController';
import { PodController } from './PodController';
import { ReplicaSetController } from './ReplicaSetController';
import { ResourceQuotaController } from './ResourceQuotaController';
import { StatefulSetController } from './StatefulSetController';

export interface WorkloadsOptions {
  store: ClusterStore;
  clock: Clock;
  registry: ImageRegistry;
  /** False: schedules do not run. */
  cronJobs?: boolean;
}

/** Starts the controllers of one cluster: from Deployments to pods. Returns the way to stop them. */
export function startWorkloads(options: WorkloadsOptions): () => void {
  const { store, clock, registry, cronJobs = true } = options;
  const controllers = [
    new DeploymentController(store, clock),
    new ReplicaSetController(store, clock),
    new StatefulSetController(store, clock),
    new DaemonSetController(store, clock),
    new JobController(store, clock),
    ...(cronJobs ? [new CronJobController(store, clock)] : []),
    new PodController(store, clock, registry),
    new ResourceQuotaController(store, clock),
    new EventExpiry(store, clock),
  ];
  return () => {
    for (const controller of controllers) {
      controller.stop();
    }
  };
}
