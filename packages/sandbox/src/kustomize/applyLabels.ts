// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { Resource } from './Resource';

export interface LabelsField {
  pairs: Record<string, string>;
  includeSelectors?: boolean;
  includeTemplates?: boolean;
}

type Node = Record<string, unknown>;

/** Where the pod templates of a kind are (`kubernetes-sigs/kustomize:api/internal/konfig/builtinpluginconsts/commonlabels.go`). */
const TEMPLATES: Record<string, string[][]> = {
  ReplicationController: [['spec', 'template']],
  Deployment: [['spec', 'template']],
  ReplicaSet: [['spec', 'template']],
  DaemonSet: [['spec', 'template']],
  StatefulSet: [['spec', 'template']],
  Job: [['spec', 'template']],
  CronJob: [
    ['spec', 'jobTemplate'],
    ['spec', 'jobTemplate', 'spec', 'template'],
  ],
};

/** Selectors that are made when absent, and those that are only extended. */
const SELECTORS: Record<string, { path: string[]; create: boolean }[]> = {
  Service: [{ path: ['spec', 'selector'], create: true }],
  ReplicationController: [{ path: ['spec', 'selector'], create: true }],
  Deployment: [{ path: ['spec', 'selector', 'matchLabels'], create: true }],
  ReplicaSet: [{ path: ['spec', 'selector', 'matchLabels'], create: true }],
  DaemonSet: [{ path: ['spec', 'selector', 'matchLabels'], create: true }],
  StatefulSet: [{ path: ['spec', 'selector', 'matchLabels'], create: true }],
  Job: [{ path: ['spec', 'selector', 'matchLabels'], create: false }],
  CronJob: [
    {
      path: ['spec', 'jobTemplate', 'spec', 'selector', 'matchLabels'],
      create: false,
    },
  ],
  PodDisruptionBudget: [
    { path: ['spec', 'selector', 'matchLabels'], create: false },
  ],
  NetworkPolicy: [
    { path: ['spec', 'podSelector', 'matchLabels'], create: false },
  ],
};

/** commonLabels and `labels`: metadata always, selectors and templates on request. */
export function applyLabels(
  resources: readonly Resource[],
  fields: readonly LabelsField[],
): void {
  for (const { pairs, includeSelectors, includeTemplates } of fields) {
    for (const resource of resources) {
      merge(resource.object.metadata as unknown as Node, 'labels', pairs);
      if (includeSelectors || includeTemplates) {
        labelTemplates(resource, pairs);
      }
      if (includeSelectors) {
        labelSelectors(resource, pairs);
      }
    }
  }
}

/** commonAnnotations: metadata of the object and of its pod templates. */
export function applyAnnotations(
  resources: readonly Resource[],
  pairs: Record<string, string>,
): void {
  if (Object.keys(pairs).length === 0) {
    return;
  }
  for (const resource of resources) {
    merge(resource.object.metadata as unknown as Node, 'annotations', pairs);
    for (const path of TEMPLATES[resource.kind] ?? []) {
      const template = find(resource.object, path);
      if (template) {
        merge(child(template, 'metadata'), 'annotations', pairs);
      }
    }
  }
}

function labelTemplates(
  resource: Resource,
  pairs: Record<string, string>,
): void {
  for (const path of TEMPLATES[resource.kind] ?? []) {
    const template = find(resource.object, path);
    if (template) {
      merge(child(template, 'metadata'), 'labels', pairs);
    }
  }
  if (resource.kind === 'StatefulSet') {
    for (const claim of resource.object.spec?.volumeClaimTemplates ?? []) {
      merge(child(claim, 'metadata'), 'labels', pairs);
    }
  }
}

function labelSelectors(
  resource: Resource,
  pairs: Record<string, string>,
): void {
  for (const { path, create } of SELECTORS[resource.kind] ?? []) {
    const holder = path.slice(0, -1);
    const last = path[path.length - 1];
    const found = find(resource.object, path);
    if (found) {
      Object.assign(found, pairs);
    } else if (create) {
      let node: Node = resource.object;
      for (const key of holder) {
        node = child(node, key);
      }
      merge(node, last, pairs);
    }
  }
}

function find(object: Node, path: readonly string[]): Node | undefined {
  let node: unknown = object;
  for (const key of path) {
    if (typeof node !== 'object' || node === null) {
      return undefined;
    }
    node = (node as Node)[key];
  }
  return typeof node === 'object' && node !== null ? (node as Node) : undefined;
}

function child(node: Node, key: string): Node {
  if (typeof node[key] !== 'object' || node[key] === null) {
    node[key] = {};
  }
  return node[key] as Node;
}

function merge(node: Node, key: string, pairs: Record<string, string>): void {
  Object.assign(child(node, key), pairs);
}
