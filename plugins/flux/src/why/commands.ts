// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  causeOfTrouble,
  type TargetDeployments,
} from '@fairway/plugin-flux-common';

/** What a container says before it ends again is in the log of its last life. */
const ENDED = ['crash', 'memory'];

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
    ({ trouble, pods }) => trouble || pods.ready < pods.desired,
  );
  if (!troubled || verdict.tone === 'positive') {
    return commands;
  }
  const { kind, name, trouble } = troubled;
  const at = `-n ${namespace} --context ${cluster}`;
  const { pod = '', container = '' } = trouble ?? {};
  const cause = trouble && causeOfTrouble(trouble.reason, trouble.message);
  if (
    plain(pod, container, namespace, cluster) &&
    ENDED.includes(cause ?? '')
  ) {
    commands.push(`kubectl logs ${pod} -c ${container} --previous ${at}`);
  } else if (plain(pod, namespace, cluster)) {
    commands.push(`kubectl describe pod ${pod} ${at}`);
  } else if (plain(name, namespace, cluster)) {
    commands.push(`kubectl describe ${kind.toLowerCase()} ${name} ${at}`);
  }
  return commands;
}
