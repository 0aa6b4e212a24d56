// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { formatQuantity, parseQuantity } from '../quantity';
import type { KubeObject } from '../types';
import type { Json } from './fieldSets';

/** What a pod takes, by the names that quotas use. */
export type Usage = Record<string, number>;

/** By spec: it is the same object for as long as nobody changes it. */
const taken = new WeakMap<object, Usage>();

/** What a pod asks for, in the names of `ResourceQuota.spec.hard`. */
export function usageOf({ spec }: KubeObject): Usage {
  let usage = taken.get(spec);
  if (!usage) {
    const sum = (part: 'requests' | 'limits', resource: 'cpu' | 'memory') =>
      (spec.containers ?? [])
        .map((container: Json): number =>
          parseQuantity(container.resources?.[part]?.[resource]),
        )
        .reduce((a: number, b: number) => a + b, 0);
    const cpu = sum('requests', 'cpu');
    const memory = sum('requests', 'memory');
    usage = {
      pods: 1,
      'count/pods': 1,
      cpu,
      memory,
      'requests.cpu': cpu,
      'requests.memory': memory,
      'limits.cpu': sum('limits', 'cpu'),
      'limits.memory': sum('limits', 'memory'),
    };
    taken.set(spec, usage);
  }
  return usage;
}

/** Pods that have ended take nothing. */
export function takes(pod: KubeObject): boolean {
  return !['Succeeded', 'Failed'].includes(pod.status?.phase);
}

/** `status.used` of a quota: what the pods of its namespace take of what it limits. */
export function usedOf(quota: KubeObject, pods: KubeObject[]): Usage {
  const used: Usage = {};
  for (const resource of limitedBy(quota)) {
    used[resource] = pods
      .filter(takes)
      .reduce((sum, pod) => sum + usageOf(pod)[resource], 0);
  }
  return used;
}

/** Quantities of a quota as the server writes them. */
export function written(usage: Usage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(usage).map(([resource, value]) => [
      resource,
      formatQuantity(value, resource.endsWith('memory')),
    ]),
  );
}

/**
 * Why the quotas of its namespace refuse a new pod, in the words of the
 * admission plugin (`kubernetes/apiserver:pkg/admission/plugin/resourcequota/controller.go`).
 */
export function quotaRefusal(
  pod: KubeObject,
  quotas: KubeObject[],
  pods: KubeObject[],
): string | undefined {
  for (const quota of quotas) {
    const silent = missingRequests(pod, quota);
    if (silent.length > 0) {
      return `failed quota: ${quota.metadata.name}: must specify ${silent.join(
        '; ',
      )}`;
    }
    const requested = usageOf(pod);
    const used = usedOf(quota, pods);
    const exceeded = limitedBy(quota).filter(
      resource =>
        // Milli units: sums of fractions are not exact.
        Math.round((used[resource] + requested[resource]) * 1000) >
        Math.round(parseQuantity(quota.spec.hard[resource]) * 1000),
    );
    if (exceeded.length > 0) {
      const list = (values: Record<string, string>) =>
        exceeded.map(resource => `${resource}=${values[resource]}`).join(',');
      return `exceeded quota: ${quota.metadata.name}, requested: ${list(
        written(requested),
      )}, used: ${list(written(used))}, limited: ${list(quota.spec.hard)}`;
    }
  }
  return undefined;
}

/** What a quota limits of what pods take, in order. */
function limitedBy(quota: KubeObject): string[] {
  const known = usageOf({ spec: {} } as KubeObject);
  return Object.keys(quota.spec?.hard ?? {})
    .filter(resource => resource in known)
    .sort();
}

/** Under a quota for a resource every container must say what it asks for. */
function missingRequests(pod: KubeObject, quota: KubeObject): string[] {
  return limitedBy(quota).flatMap(resource => {
    const [part, name] = resource.includes('.')
      ? resource.split('.')
      : ['requests', resource];
    if (name !== 'cpu' && name !== 'memory') {
      return [];
    }
    const containers = (pod.spec.containers ?? [])
      .filter((one: Json) => one.resources?.[part]?.[name] === undefined)
      .map((one: Json) => one.name);
    return containers.length > 0
      ? [`${resource} for: ${containers.join(',')}`]
      : [];
  });
}
