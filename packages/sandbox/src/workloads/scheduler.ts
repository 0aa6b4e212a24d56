// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseQuantity } from '../kubernetes/quantity';
import { takes, usageOf } from '../kubernetes/store/quota';
import type { KubeObject } from '../kubernetes/types';
import { safeHash } from './objects';

interface Room {
  cpu: number;
  memory: number;
  pods: number;
}

/** Where a pod goes, or why it goes nowhere, in the scheduler's words. */
export type Placement =
  | { node: KubeObject; message?: undefined }
  | { node?: undefined; message: string };

/**
 * Finds a node with room for a pod's requests, the same one for the same pod.
 *
 * @param pods all pods of the cluster
 */
export function placePod(
  pod: KubeObject,
  nodes: KubeObject[],
  pods: KubeObject[],
): Placement {
  const used = new Map<string, Room>();
  for (const other of pods) {
    const { nodeName } = other.spec;
    if (nodeName && takes(other)) {
      used.set(nodeName, plus(used.get(nodeName), roomOf(other)));
    }
  }
  const wanted = roomOf(pod);
  const reasons = new Map<string, number>();
  const fitting = nodes.filter(node => {
    const why = refusal(node, plus(used.get(node.metadata.name), wanted));
    if (why) {
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
    }
    return !why;
  });
  if (fitting.length > 0) {
    const at = Number.parseInt(
      Buffer.from(safeHash(pod.metadata.uid, 4)).toString('hex'),
      16,
    );
    return { node: fitting[at % fitting.length] };
  }
  if (nodes.length === 0) {
    return { message: 'no nodes available to schedule pods' };
  }
  const all = `0/${nodes.length} nodes are available`;
  const why = [...reasons].map(([reason, count]) => `${count} ${reason}`);
  return {
    message: `${all}: ${why
      .sort()
      .join(', ')}. no new claims to deallocate, preemption: ${all}: ${
      nodes.length
    } Preemption is not helpful for scheduling.`,
  };
}

function refusal(node: KubeObject, needed: Room): string | undefined {
  if (node.spec?.unschedulable) {
    return 'node(s) were unschedulable';
  }
  const { cpu, memory, pods } = node.status?.allocatable ?? {};
  if (cpu && needed.cpu > parseQuantity(cpu)) {
    return 'Insufficient cpu';
  }
  if (memory && needed.memory > parseQuantity(memory)) {
    return 'Insufficient memory';
  }
  return pods && needed.pods > parseQuantity(pods)
    ? 'Too many pods'
    : undefined;
}

function roomOf(pod: KubeObject): Room {
  const { cpu, memory, pods } = usageOf(pod);
  return { cpu, memory, pods };
}

function plus(a: Room = { cpu: 0, memory: 0, pods: 0 }, b: Room): Room {
  return {
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    pods: a.pods + b.pods,
  };
}
