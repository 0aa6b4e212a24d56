// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../kubernetes/types';

export type KStatus =
  | 'Current'
  | 'InProgress'
  | 'Failed'
  | 'Terminating'
  | 'NotFound';

/* eslint-disable @typescript-eslint/no-explicit-any -- spec and status are free-form by kind */

type Rule = (spec: any, status: any) => KStatus;

function condition(status: any, type: string): any {
  return (status.conditions ?? []).find((entry: any) => entry.type === type);
}

function generic(status: any): KStatus {
  const ready = condition(status, 'Ready');
  return !ready || ready.status === 'True' ? 'Current' : 'InProgress';
}

function deployment(spec: any, status: any): KStatus {
  const progressing = condition(status, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return 'Failed';
  }
  const wanted = spec.replicas ?? 1;
  const replicas = status.replicas ?? 0;
  const updated = status.updatedReplicas ?? 0;
  const ready = status.readyReplicas ?? 0;
  const available = status.availableReplicas ?? 0;
  if (
    replicas < wanted ||
    updated < wanted ||
    replicas > wanted ||
    available < updated ||
    ready < wanted
  ) {
    return 'InProgress';
  }
  const rolledOut =
    spec.progressDeadlineSeconds === 2147483647 ||
    !progressing ||
    (progressing.status === 'True' &&
      progressing.reason === 'NewReplicaSetAvailable');
  const isAvailable = condition(status, 'Available')?.status === 'True';
  return rolledOut && isAvailable ? 'Current' : 'InProgress';
}

function replicaSet(spec: any, status: any): KStatus {
  if (condition(status, 'ReplicaFailure')?.status === 'True') {
    return 'InProgress';
  }
  const wanted = spec.replicas ?? 1;
  return (status.fullyLabeledReplicas ?? 0) >= wanted &&
    (status.availableReplicas ?? 0) >= wanted &&
    (status.readyReplicas ?? 0) >= wanted &&
    (status.replicas ?? 0) <= wanted
    ? 'Current'
    : 'InProgress';
}

function statefulSet(spec: any, status: any): KStatus {
  if (spec.updateStrategy?.type === 'OnDelete') {
    return 'Current';
  }
  const wanted = spec.replicas ?? 1;
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  if (
    (status.replicas ?? 0) !== wanted ||
    (status.readyReplicas ?? 0) < wanted
  ) {
    return 'InProgress';
  }
  if (partition > 0) {
    return (status.updatedReplicas ?? 0) >= wanted - partition
      ? 'Current'
      : 'InProgress';
  }
  return (status.currentReplicas ?? 0) >= wanted &&
    status.currentRevision === status.updateRevision
    ? 'Current'
    : 'InProgress';
}

function daemonSet(_: any, status: any): KStatus {
  const wanted = status.desiredNumberScheduled;
  return status.observedGeneration !== undefined &&
    wanted !== undefined &&
    (status.currentNumberScheduled ?? 0) >= wanted &&
    (status.updatedNumberScheduled ?? 0) >= wanted &&
    (status.numberAvailable ?? 0) >= wanted &&
    (status.numberReady ?? 0) >= wanted
    ? 'Current'
    : 'InProgress';
}

function job(_: any, status: any): KStatus {
  if (condition(status, 'Complete')?.status === 'True') {
    return 'Current';
  }
  return condition(status, 'Failed')?.status === 'True'
    ? 'Failed'
    : 'InProgress';
}

function pod(_: any, status: any): KStatus {
  if (status.phase === 'Succeeded') {
    return 'Current';
  }
  if (status.phase === 'Failed') {
    return 'Failed';
  }
  if (
    status.phase === 'Running' &&
    condition(status, 'Ready')?.status === 'True'
  ) {
    return 'Current';
  }
  const looping = (status.containerStatuses ?? []).some(
    (container: any) => container.state?.waiting?.reason === 'CrashLoopBackOff',
  );
  return status.phase === 'Running' && looping ? 'Failed' : 'InProgress';
}

function service(spec: any, status: any): KStatus {
  if (spec.type !== 'LoadBalancer') {
    return 'Current';
  }
  return spec.clusterIP && status.loadBalancer?.ingress?.length > 0
    ? 'Current'
    : 'InProgress';
}

function definition(_: any, status: any): KStatus {
  if (condition(status, 'NamesAccepted')?.status === 'False') {
    return 'Failed';
  }
  return condition(status, 'Established')?.status === 'True'
    ? 'Current'
    : 'InProgress';
}

const RULES: Record<string, Rule> = {
  'apps/Deployment': deployment,
  'apps/ReplicaSet': replicaSet,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'batch/Job': job,
  'batch/CronJob': () => 'Current',
  '/Pod': pod,
  '/PersistentVolumeClaim': (_, status) =>
    status.phase === 'Bound' ? 'Current' : 'InProgress',
  '/Service': service,
  '/ConfigMap': () => 'Current',
  '/Secret': () => 'Current',
  'policy/PodDisruptionBudget': () => 'Current',
  'apiextensions.k8s.io/CustomResourceDefinition': definition,
};

/**
 * The state of an object by the rules of kstatus, as kustomize-controller's
 * health checks use them; for Jobs Flux's own rule, which waits for the end
 * (`fluxcd/cli-utils:pkg/kstatus/status`, `fluxcd/pkg:runtime/statusreaders`).
 */
export function kstatus(object: KubeObject | undefined): KStatus {
  if (!object) {
    return 'NotFound';
  }
  if (object.metadata.deletionTimestamp) {
    return 'Terminating';
  }
  const status = object.status ?? {};
  if (
    status.observedGeneration !== undefined &&
    status.observedGeneration !== object.metadata.generation
  ) {
    return 'InProgress';
  }
  for (const entry of status.conditions ?? []) {
    if (entry.type === 'Reconciling' && entry.status === 'True') {
      return 'InProgress';
    }
    if (entry.type === 'Stalled' && entry.status === 'True') {
      return 'Failed';
    }
  }
  const slash = object.apiVersion.indexOf('/');
  const group = slash === -1 ? '' : object.apiVersion.slice(0, slash);
  const rule = RULES[`${group}/${object.kind}`];
  return rule ? rule(object.spec ?? {}, status) : generic(status);
}
