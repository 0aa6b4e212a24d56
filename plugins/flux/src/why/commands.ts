// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { TargetDeployments } from '@fairway/plugin-flux-common';

/** Names of objects and clusters: nothing that a shell would read as more than a word. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Commands with which a person looks or pushes from a terminal. A name that is not
 * plain gives no command: what is copied is also run.
 */
export function commandsFor(target: TargetDeployments): string[] {
  const { cluster, namespace, kustomization, workloads, verdict } = target;
  const plain = (...words: string[]) => words.every(word => PLAIN.test(word));
  const commands: string[] = [];
  if (
    kustomization &&
    plain(kustomization.name, kustomization.namespace, cluster)
  ) {
    const object = `kustomization ${kustomization.name} -n ${kustomization.namespace} --context ${cluster}`;
    commands.push(
      kustomization.suspended
        ? `flux resume ${object}`
        : `flux reconcile ${object} --with-source`,
    );
  }
  const troubled = workloads.find(
    workload => workload.pods.ready < workload.pods.desired,
  );
  if (
    troubled &&
    verdict.tone !== 'positive' &&
    plain(troubled.name, namespace, cluster)
  ) {
    commands.push(
      `kubectl describe ${troubled.kind.toLowerCase()} ${
        troubled.name
      } -n ${namespace} --context ${cluster}`,
    );
  }
  return commands;
}
