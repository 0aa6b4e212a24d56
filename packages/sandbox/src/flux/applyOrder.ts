// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';
import { groupOf } from '../kustomize/Resource';

/**
 * The order in which Flux applies kinds; the reverse is the order in which it
 * prunes (`fluxcd/pkg:ssa/sort.go` and the recorded inventories).
 */
const FIRST = [
  'CustomResourceDefinition',
  'Namespace',
  'ClusterRole',
  'ClusterClass',
  'RuntimeClass',
  'PriorityClass',
  'StorageClass',
  'VolumeSnapshotClass',
  'IngressClass',
  'GatewayClass',
  'ResourceQuota',
  'ServiceAccount',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'Service',
  'LimitRange',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

export function compareApplyOrder(a: KubeObject, b: KubeObject): number {
  return (
    rank(a.kind) - rank(b.kind) ||
    compare(groupOf(a.apiVersion), groupOf(b.apiVersion)) ||
    compare(a.kind, b.kind) ||
    compare(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compare(a.metadata.name, b.metadata.name)
  );
}

/** Objects that others need to exist: they are applied, and ready, before the rest. */
export function isDefinition(object: KubeObject): boolean {
  return ['CustomResourceDefinition', 'Namespace', 'ClusterRole'].includes(
    object.kind,
  );
}

function rank(kind: string): number {
  const first = FIRST.indexOf(kind);
  if (first !== -1) {
    return first - FIRST.length;
  }
  return LAST.indexOf(kind) + 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
