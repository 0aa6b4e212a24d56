// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type {
  DeploymentCommit,
  EnvironmentDeployments,
} from '@fairway/plugin-flux-common';

/** A version and in how many of the environment's targets it runs. */
export interface RunningVersion {
  version: string;
  targets: number;
}

/** The figures of an environment's card, made of its targets. */
export interface EnvironmentSummary {
  /** Versions that run, the one in most targets first. */
  running: RunningVersion[];
  /** The version that Git wants where another one runs. */
  wanted?: string;
  /** The commit of the version that came last. */
  commit?: DeploymentCommit;
  /** Since when the newest of them runs, ISO 8601. */
  since?: string;
  pods?: { ready: number; desired: number };
  /** True when the targets do not all say the same. */
  differs: boolean;
}

/** Adds up what the targets of an environment say. Unknown pods are not zero pods. */
export function summarizeEnvironment(
  environment: EnvironmentDeployments,
): EnvironmentSummary {
  const { targets } = environment;
  const counts = new Map<string, number>();
  for (const { deployed } of targets) {
    if (deployed) {
      counts.set(deployed.version, (counts.get(deployed.version) ?? 0) + 1);
    }
  }
  const newest = targets
    .flatMap(({ deployed }) => deployed ?? [])
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since))[0];
  const withWorkloads = targets.filter(target => target.workloads.length > 0);
  const wanted = targets.find(
    target =>
      target.wanted && target.wanted.version !== target.deployed?.version,
  )?.wanted?.version;
  const first = targets[0];
  return {
    running: [...counts]
      .map(([version, count]) => ({ version, targets: count }))
      .sort((a, b) => b.targets - a.targets),
    wanted,
    commit: newest?.commit,
    since: newest?.since,
    pods:
      withWorkloads.length === 0
        ? undefined
        : {
            ready: withWorkloads.reduce((sum, t) => sum + t.pods.ready, 0),
            desired: withWorkloads.reduce((sum, t) => sum + t.pods.desired, 0),
          },
    differs: targets.some(
      target =>
        target.verdict.state !== first.verdict.state ||
        target.deployed?.version !== first.deployed?.version,
    ),
  };
}
