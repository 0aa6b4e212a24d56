// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

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
    if (nodeName && !['Succeeded', 'Failed'].includes(other.status?.phase)) {
      used.set(nodeName, plus(used.get(nodeName), requestsOf(other)));
    }
  }
  const wanted = requestsOf(pod);
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
  if (cpu && needed.cpu > quantity(cpu)) {
    return 'Insufficient cpu';
  }
  if (memory && needed.memory > quantity(memory)) {
    return 'Insufficient memory';
  }
  return pods && needed.pods > quantity(pods) ? 'Too many pods' : undefined;
}

/** By spec: it is the same object for as long as nobody changes it, and every pod is looked at for every pod. */
const requests = new WeakMap<object, Room>();

function requestsOf({ spec }: KubeObject): Room {
  let room = requests.get(spec);
  if (!room) {
    const sum = (resource: 'cpu' | 'memory') =>
      (spec.containers ?? [])
        .map(
          (container: {
            resources?: { requests?: Record<string, string> };
          }): number =>
            quantity(container.resources?.requests?.[resource] ?? '0'),
        )
        .reduce((a: number, b: number) => a + b, 0);
    room = { cpu: sum('cpu'), memory: sum('memory'), pods: 1 };
    requests.set(spec, room);
  }
  return room;
}

function plus(a: Room = { cpu: 0, memory: 0, pods: 0 }, b: Room): Room {
  return {
    cpu: a.cpu + b.cpu,
    memory: a.memory + b.memory,
    pods: a.pods + b.pods,
  };
}

const SUFFIXES: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity such as `100m`, `2`, `1.5Gi` as a number; what is none counts as nothing. */
function quantity(value: string | number): number {
  const match = /^([\d.]+)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(String(value));
  return match ? Number(match[1]) * SUFFIXES[match[2] ?? ''] : 0;
}
