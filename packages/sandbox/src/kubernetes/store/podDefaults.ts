// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../types';
import type { Json } from './fieldSets';

/** The defaults of a pod template's spec (`kubernetes/kubernetes:pkg/apis/core/v1/defaults.go`). */
export function podSpecDefaults(spec: Json): Json {
  const result = {
    ...spec,
    restartPolicy: spec.restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
  };
  for (const field of ['initContainers', 'containers']) {
    if (Array.isArray(spec[field])) {
      result[field] = spec[field].map(containerDefaults);
    }
  }
  if (spec.serviceAccountName) {
    result.serviceAccount = spec.serviceAccountName;
  }
  if (Array.isArray(spec.volumes)) {
    result.volumes = spec.volumes.map(volumeDefaults);
  }
  return result;
}

function containerDefaults(container: Json): Json {
  const result = {
    ...container,
    resources: container.resources ?? {},
    terminationMessagePath:
      container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    imagePullPolicy:
      container.imagePullPolicy ??
      (/(:latest|^[^:@]+)$/.test(container.image?.replace(/^[^/]*\//, '') ?? '')
        ? 'Always'
        : 'IfNotPresent'),
  };
  if (container.ports) {
    result.ports = container.ports.map((port: Json) => ({
      ...port,
      protocol: port.protocol ?? 'TCP',
    }));
  }
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (container[probe]) {
      result[probe] = probeDefaults(container[probe]);
    }
  }
  if (container.env) {
    result.env = container.env.map((entry: Json) =>
      entry.valueFrom?.fieldRef && !entry.valueFrom.fieldRef.apiVersion
        ? {
            ...entry,
            valueFrom: {
              fieldRef: { apiVersion: 'v1', ...entry.valueFrom.fieldRef },
            },
          }
        : entry,
    );
  }
  return result;
}

function probeDefaults(probe: Json): Json {
  return {
    ...probe,
    ...(probe.httpGet
      ? {
          httpGet: {
            ...probe.httpGet,
            path: probe.httpGet.path ?? '/',
            scheme: probe.httpGet.scheme ?? 'HTTP',
          },
        }
      : {}),
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    periodSeconds: probe.periodSeconds ?? 10,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  };
}

function volumeDefaults(volume: Json): Json {
  for (const source of ['configMap', 'secret', 'projected', 'downwardAPI']) {
    if (volume[source] && volume[source].defaultMode === undefined) {
      return { ...volume, [source]: { ...volume[source], defaultMode: 420 } };
    }
  }
  return volume;
}

const TOLERATIONS = ['not-ready', 'unreachable'].map(key => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

/** Defaults and admission of a pod itself: service account, tolerations, priority. */
export function podDefaults(object: KubeObject): void {
  const spec = podSpecDefaults(object.spec);
  const account = spec.serviceAccountName ?? 'default';
  object.spec = {
    ...spec,
    serviceAccountName: account,
    serviceAccount: account,
    tolerations: spec.tolerations ?? TOLERATIONS,
    priority: spec.priority ?? 0,
    enableServiceLinks: spec.enableServiceLinks ?? true,
    preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
  };
}

/** Guaranteed, Burstable or BestEffort, by requests and limits of all containers. */
export function qosClassOf(spec: Json): string {
  const containers: Json[] = [
    ...(spec.containers ?? []),
    ...(spec.initContainers ?? []),
  ];
  const some = containers.some(
    ({ resources }) =>
      Object.keys(resources?.requests ?? {}).length +
        Object.keys(resources?.limits ?? {}).length >
      0,
  );
  if (!some) {
    return 'BestEffort';
  }
  const guaranteed = containers.every(({ resources }) =>
    ['cpu', 'memory'].every(
      name =>
        resources?.limits?.[name] !== undefined &&
        (resources.requests?.[name] ?? resources.limits[name]) ===
          resources.limits[name],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
