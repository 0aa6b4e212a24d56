// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../types';
import type { Json } from './fieldSets';
import { podDefaults, podSpecDefaults } from './podDefaults';

/** Sets what is missing; what is there stays. */
export function fill(
  target: Record<string, Json>,
  defaults: Record<string, Json>,
): void {
  for (const [field, value] of Object.entries(defaults)) {
    if (target[field] === undefined) {
      target[field] = value;
    }
  }
}

const DEFAULTS: Record<string, (object: KubeObject) => void> = {
  'apps/v1 Deployment': ({ spec }) => {
    fill(spec, { replicas: 1 });
    template(spec);
    spec.strategy = { ...spec.strategy };
    fill(spec.strategy, { type: 'RollingUpdate' });
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate = { ...spec.strategy.rollingUpdate };
      fill(spec.strategy.rollingUpdate, {
        maxUnavailable: '25%',
        maxSurge: '25%',
      });
    }
    fill(spec, { revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  },
  'apps/v1 ReplicaSet': ({ spec }) => {
    fill(spec, { replicas: 1 });
    template(spec);
  },
  'apps/v1 StatefulSet': ({ spec }) => {
    fill(spec, {
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 0 },
      },
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
      },
    });
    template(spec);
  },
  'apps/v1 DaemonSet': ({ spec }) => {
    fill(spec, {
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 1, maxSurge: 0 },
      },
      revisionHistoryLimit: 10,
    });
    template(spec);
  },
  'batch/v1 Job': ({ spec, metadata }) => {
    fill(spec, {
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      podReplacementPolicy: 'TerminatingOrFailed',
    });
    template(spec);
    if (!spec.selector && metadata.uid) {
      const labels = {
        'batch.kubernetes.io/controller-uid': metadata.uid,
        'batch.kubernetes.io/job-name': metadata.name,
        'controller-uid': metadata.uid,
        'job-name': metadata.name,
      };
      spec.selector = {
        matchLabels: { 'batch.kubernetes.io/controller-uid': metadata.uid },
      };
      spec.template.metadata = {
        ...spec.template.metadata,
        labels: { ...spec.template.metadata?.labels, ...labels },
      };
    }
  },
  'batch/v1 CronJob': ({ spec }) => {
    fill(spec, {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    template(spec.jobTemplate?.spec ?? {});
  },
  'v1 Pod': podDefaults,
  'v1 Service': ({ spec, metadata }) => {
    for (const port of spec.ports ?? []) {
      fill(port, { protocol: 'TCP', targetPort: port.port });
    }
    fill(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
    if (spec.type !== 'ExternalName') {
      fill(spec, { clusterIP: serviceAddress(metadata.uid ?? '') });
      fill(spec, {
        clusterIPs: [spec.clusterIP],
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      });
    }
  },
  'v1 Namespace': object => {
    object.spec = { ...object.spec };
    fill(object.spec, { finalizers: ['kubernetes'] });
    object.metadata.labels = {
      ...object.metadata.labels,
      'kubernetes.io/metadata.name': object.metadata.name,
    };
  },
  'v1 Secret': object => {
    fill(object, { type: 'Opaque' });
    if (object.stringData) {
      const { stringData } = object;
      delete object.stringData;
      object.data = {
        ...object.data,
        ...Object.fromEntries(
          Object.entries(stringData as Record<string, string>).map(
            ([key, value]) => [key, Buffer.from(value).toString('base64')],
          ),
        ),
      };
    }
  },
  'v1 PersistentVolumeClaim': ({ spec }) => {
    fill(spec, { volumeMode: 'Filesystem', storageClassName: 'managed-csi' });
  },
  'autoscaling/v2 HorizontalPodAutoscaler': ({ spec }) => {
    fill(spec, { minReplicas: 1 });
  },
  'kustomize.toolkit.fluxcd.io/v1 Kustomization': ({ spec }) => {
    fill(spec, { force: false });
  },
  'source.toolkit.fluxcd.io/v1 GitRepository': ({ spec }) => {
    fill(spec, { timeout: '60s' });
  },
  'source.toolkit.fluxcd.io/v1 OCIRepository': ({ spec }) => {
    fill(spec, { provider: 'generic', timeout: '60s' });
  },
  'source.toolkit.fluxcd.io/v1 Bucket': ({ spec }) => {
    fill(spec, { provider: 'generic', timeout: '60s' });
  },
  'source.toolkit.fluxcd.io/v1 HelmRepository': ({ spec }) => {
    fill(spec, { provider: 'generic' });
  },
  'source.toolkit.fluxcd.io/v1 HelmChart': ({ spec }) => {
    fill(spec, { reconcileStrategy: 'ChartVersion', version: '*' });
  },
};

/** What the kind's first status says; other kinds start without one. */
const FIRST_STATUS: Record<string, () => Json> = {
  'v1 Pod': () => ({ phase: 'Pending' }),
  'v1 Namespace': () => ({ phase: 'Active' }),
  'v1 Service': () => ({ loadBalancer: {} }),
  'v1 PersistentVolumeClaim': () => ({ phase: 'Pending' }),
  'apps/v1 ReplicaSet': () => ({ replicas: 0 }),
  'apps/v1 StatefulSet': () => ({ replicas: 0, availableReplicas: 0 }),
  'apps/v1 DaemonSet': () => ({
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
  }),
  'autoscaling/v2 HorizontalPodAutoscaler': () => ({
    desiredReplicas: 0,
    currentMetrics: null,
  }),
  'networking.k8s.io/v1 Ingress': () => ({ loadBalancer: {} }),
};

/** Fills in what the API server fills in. `object` is the caller's own copy. */
export function applyDefaults(object: KubeObject): void {
  const key = `${object.apiVersion} ${object.kind}`;
  if (!Object.hasOwn(DEFAULTS, key)) {
    return;
  }
  object.spec ??= key.startsWith('v1 Secret') ? undefined : {};
  DEFAULTS[key](object);
  if (object.spec === undefined) {
    delete object.spec;
  }
}

/** The status of a new object: what a client sends is ignored where status is a subresource. */
export function firstStatus(object: KubeObject): Json {
  const key = `${object.apiVersion} ${object.kind}`;
  if (Object.hasOwn(FIRST_STATUS, key)) {
    return FIRST_STATUS[key]();
  }
  // The default in the definitions of Flux's kinds.
  return object.apiVersion.includes('.toolkit.fluxcd.io/') &&
    object.kind !== 'ExternalArtifact'
    ? { observedGeneration: -1 }
    : {};
}

function template(spec: Record<string, Json>): void {
  spec.template = { metadata: {}, ...spec.template };
  if (spec.template.spec) {
    spec.template.spec = podSpecDefaults(spec.template.spec);
  }
}

function serviceAddress(uid: string): string {
  const number = Number.parseInt(uid.slice(0, 4) || '0', 16);
  return `10.0.${Math.floor(number / 256) % 256}.${(number % 254) + 1}`;
}
