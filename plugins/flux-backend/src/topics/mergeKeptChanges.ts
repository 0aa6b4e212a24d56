// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { CommitAttribution } from '../services/CommitAttribution';
import type { DeploymentRecorder } from '../services/DeploymentRecorder';
import type { KeptChanges } from './DeploymentsTopic';

/** New deployments and newly known commits, told alike. */
export function mergeKeptChanges(
  recorder: DeploymentRecorder,
  attribution: CommitAttribution,
): KeptChanges {
  return listener => {
    const stops = [recorder.onAdded(listener), attribution.onChange(listener)];
    return () => stops.forEach(stop => stop());
  };
}
