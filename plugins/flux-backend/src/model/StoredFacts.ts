// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  Attribution,
  NamedPlace,
  StoredDeployment,
  WorkloadKey,
} from '../store/types';

/** What only Fairway knows about the workloads and Kustomizations of an entity. */
export interface StoredFacts {
  /** The record that brought the template that a workload runs. */
  templateOf(
    workload: WorkloadKey & { templateKey?: string },
  ): Promise<StoredDeployment | undefined>;
  attributionOf(kustomization: NamedPlace): Promise<Attribution | undefined>;
}

/** For what needs no history: since when and whose commit stay open. */
export const NO_FACTS: StoredFacts = {
  templateOf: async () => undefined,
  attributionOf: async () => undefined,
};
