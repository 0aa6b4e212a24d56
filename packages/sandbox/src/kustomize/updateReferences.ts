// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Resource } from './Resource';

type Node = Record<string, unknown>;

interface Reference {
  /** Kinds that the name may mean. */
  kinds: readonly string[];
  holder: Node;
  field: string;
  /** Where the reference tells the namespace, when it does. */
  namespaceField?: string;
}

/**
 * Makes references between the built objects say the names that the objects
 * have now (prefix, suffix, content hash, namespace)
 * (`kubernetes-sigs/kustomize:api/internal/konfig/builtinpluginconsts/namereference.go`).
 */
export function updateReferences(resources: readonly Resource[]): void {
  const byKind = new Map<string, Resource[]>();
  for (const resource of resources) {
    const list = byKind.get(resource.kind);
    if (list) {
      list.push(resource);
    } else {
      byKind.set(resource.kind, [resource]);
    }
  }
  for (const resource of resources) {
    for (const reference of references(resource)) {
      const value = reference.holder[reference.field];
      if (typeof value !== 'string') {
        continue;
      }
      const target = resolve(resource, reference, value, byKind);
      if (target) {
        reference.holder[reference.field] = target.name;
        if (reference.namespaceField && target.namespace) {
          reference.holder[reference.namespaceField] = target.namespace;
        }
      }
    }
  }
}

function resolve(
  referrer: Resource,
  reference: Reference,
  name: string,
  byKind: ReadonlyMap<string, readonly Resource[]>,
): Resource | undefined {
  const explicit =
    reference.namespaceField &&
    (reference.holder[reference.namespaceField] as string | undefined);
  const namespaces = new Set<string>(
    explicit !== undefined ? [explicit] : referrer.namespaces(),
  );
  const candidates = reference.kinds
    .flatMap(kind => byKind.get(kind) ?? [])
    .filter(
      candidate =>
        candidate.wasCalled(name, namespaces) &&
        (explicit !== undefined ||
          referrer.namespace === candidate.namespace ||
          candidate.namespace === '' ||
          referrer.namespace === ''),
    );
  if (candidates.length <= 1) {
    return candidates[0];
  }
  // An object that bears the name now is meant before one that has left it.
  const present = candidates.filter(candidate => candidate.name === name);
  return present.length === 1 ? present[0] : undefined;
}

function references(resource: Resource): Reference[] {
  const found: Reference[] = [];
  const add = (
    holder: unknown,
    field: string,
    kinds: string[],
    namespaceField?: string,
  ) => {
    if (typeof holder === 'object' && holder !== null) {
      found.push({ holder: holder as Node, field, kinds, namespaceField });
    }
  };
  const { object } = resource;
  const spec = object.spec ?? {};
  const pod = podSpecOf(resource);
  if (pod) {
    addPodReferences(pod, add);
  }
  switch (resource.kind) {
    case 'HorizontalPodAutoscaler':
      add(spec.scaleTargetRef, 'name', [spec.scaleTargetRef?.kind ?? '']);
      break;
    case 'StatefulSet':
      add(spec, 'serviceName', ['Service']);
      break;
    case 'Ingress':
      add(spec, 'ingressClassName', ['IngressClass']);
      add(spec.defaultBackend?.service, 'name', ['Service']);
      for (const rule of spec.rules ?? []) {
        for (const path of rule.http?.paths ?? []) {
          add(path.backend?.service, 'name', ['Service']);
          add(path.backend, 'serviceName', ['Service']);
        }
      }
      for (const tls of spec.tls ?? []) {
        add(tls, 'secretName', ['Secret']);
      }
      break;
    case 'ServiceAccount':
      for (const secret of [
        ...(object.imagePullSecrets ?? []),
        ...(object.secrets ?? []),
      ]) {
        add(secret, 'name', ['Secret']);
      }
      break;
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      add(object.roleRef, 'name', [object.roleRef?.kind ?? '']);
      for (const subject of object.subjects ?? []) {
        if (subject.kind === 'ServiceAccount') {
          add(subject, 'name', ['ServiceAccount'], 'namespace');
        }
      }
      break;
    case 'ValidatingWebhookConfiguration':
    case 'MutatingWebhookConfiguration':
      for (const webhook of object.webhooks ?? []) {
        add(webhook.clientConfig?.service, 'name', ['Service'], 'namespace');
      }
      break;
    default:
  }
  return found;
}

function podSpecOf(resource: Resource): Node | undefined {
  const spec = resource.object.spec;
  switch (resource.kind) {
    case 'Pod':
      return spec;
    case 'CronJob':
      return spec?.jobTemplate?.spec?.template?.spec;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'Job':
      return spec?.template?.spec;
    default:
      return undefined;
  }
}

/* eslint-disable @typescript-eslint/no-explicit-any -- pod specs are free-form here */
function addPodReferences(
  pod: any,
  add: (holder: unknown, field: string, kinds: string[]) => void,
): void {
  add(pod, 'serviceAccountName', ['ServiceAccount']);
  add(pod, 'serviceAccount', ['ServiceAccount']);
  add(pod, 'priorityClassName', ['PriorityClass']);
  for (const secret of pod.imagePullSecrets ?? []) {
    add(secret, 'name', ['Secret']);
  }
  for (const volume of pod.volumes ?? []) {
    add(volume.configMap, 'name', ['ConfigMap']);
    add(volume.secret, 'secretName', ['Secret']);
    add(volume.persistentVolumeClaim, 'claimName', ['PersistentVolumeClaim']);
    for (const source of volume.projected?.sources ?? []) {
      add(source.configMap, 'name', ['ConfigMap']);
      add(source.secret, 'name', ['Secret']);
    }
  }
  for (const container of [
    ...(pod.containers ?? []),
    ...(pod.initContainers ?? []),
    ...(pod.ephemeralContainers ?? []),
  ]) {
    for (const variable of container.env ?? []) {
      add(variable.valueFrom?.configMapKeyRef, 'name', ['ConfigMap']);
      add(variable.valueFrom?.secretKeyRef, 'name', ['Secret']);
    }
    for (const source of container.envFrom ?? []) {
      add(source.configMapRef, 'name', ['ConfigMap']);
      add(source.secretRef, 'name', ['Secret']);
    }
  }
}
