// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { ResourceKind } from '../types';

type Row = [
  kind: string,
  plural: string,
  flags: string,
  shortNames?: string,
  categories?: string,
];

/** `n` namespaced, `s` status subresource, `x` scale subresource. */
function kinds(group: string, version: string, rows: Row[]): ResourceKind[] {
  return rows.map(([kind, plural, flags, shortNames, categories]) => ({
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    ...(shortNames ? { shortNames: shortNames.split(' ') } : {}),
    ...(categories ? { categories: categories.split(' ') } : {}),
    namespaced: flags.includes('n'),
    status: flags.includes('s'),
    ...(flags.includes('x') ? { scale: true } : {}),
  }));
}

/**
 * What an AKS cluster serves before anything is installed on it, as far as
 * Fairway or a person with kubectl looks at it (recorded from the discovery of
 * kube-apiserver 1.36).
 */
export const BUILTIN_KINDS: ResourceKind[] = [
  ...kinds('', 'v1', [
    ['ConfigMap', 'configmaps', 'n', 'cm'],
    ['Endpoints', 'endpoints', 'n', 'ep'],
    ['Event', 'events', 'n', 'ev'],
    ['LimitRange', 'limitranges', 'n', 'limits'],
    ['Namespace', 'namespaces', 's', 'ns'],
    ['Node', 'nodes', 's', 'no'],
    ['PersistentVolumeClaim', 'persistentvolumeclaims', 'ns', 'pvc'],
    ['PersistentVolume', 'persistentvolumes', 's', 'pv'],
    ['Pod', 'pods', 'ns', 'po', 'all'],
    ['ResourceQuota', 'resourcequotas', 'ns', 'quota'],
    ['Secret', 'secrets', 'n'],
    ['ServiceAccount', 'serviceaccounts', 'n', 'sa'],
    ['Service', 'services', 'ns', 'svc', 'all'],
  ]),
  ...kinds('apps', 'v1', [
    ['ControllerRevision', 'controllerrevisions', 'n'],
    ['DaemonSet', 'daemonsets', 'ns', 'ds', 'all'],
    ['Deployment', 'deployments', 'nsx', 'deploy', 'all'],
    ['ReplicaSet', 'replicasets', 'nsx', 'rs', 'all'],
    ['StatefulSet', 'statefulsets', 'nsx', 'sts', 'all'],
  ]),
  ...kinds('batch', 'v1', [
    ['CronJob', 'cronjobs', 'ns', 'cj', 'all'],
    ['Job', 'jobs', 'ns', undefined, 'all'],
  ]),
  ...kinds('autoscaling', 'v2', [
    ['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'ns', 'hpa', 'all'],
  ]),
  ...kinds('policy', 'v1', [
    ['PodDisruptionBudget', 'poddisruptionbudgets', 'ns', 'pdb'],
  ]),
  ...kinds('networking.k8s.io', 'v1', [
    ['IngressClass', 'ingressclasses', ''],
    ['Ingress', 'ingresses', 'ns', 'ing'],
    ['NetworkPolicy', 'networkpolicies', 'n', 'netpol'],
  ]),
  ...kinds('rbac.authorization.k8s.io', 'v1', [
    ['ClusterRoleBinding', 'clusterrolebindings', ''],
    ['ClusterRole', 'clusterroles', ''],
    ['RoleBinding', 'rolebindings', 'n'],
    ['Role', 'roles', 'n'],
  ]),
  ...kinds('storage.k8s.io', 'v1', [
    ['StorageClass', 'storageclasses', '', 'sc'],
  ]),
  ...kinds('scheduling.k8s.io', 'v1', [
    ['PriorityClass', 'priorityclasses', '', 'pc'],
  ]),
  ...kinds('coordination.k8s.io', 'v1', [['Lease', 'leases', 'n']]),
  ...kinds('discovery.k8s.io', 'v1', [
    ['EndpointSlice', 'endpointslices', 'n'],
  ]),
  ...kinds('apiextensions.k8s.io', 'v1', [
    [
      'CustomResourceDefinition',
      'customresourcedefinitions',
      's',
      'crd crds',
      'api-extensions',
    ],
  ]),
];
