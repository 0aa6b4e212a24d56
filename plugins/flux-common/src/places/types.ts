// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { SourceStatus } from '@fairway/plugin-delivery-common';
import type { FluxAssessment, FluxResource } from '../status/types';
import type { PodTrouble } from './podTrouble';
import type { WorkloadFacts } from './rollout';

/** Why a workload's pods are not ready; without a pod when none can be created. @public */
export type WorkloadTrouble = Omit<PodTrouble, 'pod'> &
  Partial<Pick<PodTrouble, 'pod'>>;

/** One workload with the trouble of its pods. @public */
export interface PlacedWorkload extends WorkloadFacts {
  /** Ready pods that have the newest template, when that is known: during a rollout the others do not count. */
  updatedReady?: number;
  trouble?: WorkloadTrouble;
}

/** Everything that decides the verdict about one target. @public */
export interface TargetFacts {
  cluster: string;
  namespace: string;
  /** Set when the platform does not grant this place to the entity. */
  refused?: SourceStatus;
  /** State of the cluster as a source of data. */
  source: SourceStatus;
  /** The same for its Flux objects alone, which the portal may be forbidden to see while it sees pods. */
  fluxSource: SourceStatus;
  /** The present instant. */
  now: Date;
  kustomization?: { resource: FluxResource; assessment: FluxAssessment };
  /** The entity's own workloads at this place. */
  workloads: PlacedWorkload[];
  /** What runs. */
  version?: string;
  /** What Git wants, when that is something else. */
  wanted?: string;
}
